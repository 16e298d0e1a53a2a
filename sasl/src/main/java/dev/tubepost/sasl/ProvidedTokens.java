package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.security.Token;
import dev.tubepost.security.TokenProvider;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Asks the user's code for a token, which may throw, fail, complete on any thread, or never. <em>Immutable.</em> */
final class ProvidedTokens implements TokenFetch {

    /** How long the user's code may take: as long as a caller waits for room at the most. */
    static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TokenProvider provider;

    ProvidedTokens(TokenProvider provider) {
        this.provider = provider;
    }

    @Override
    public void begin(Actor actor, BiConsumer<@Nullable Token, @Nullable Throwable> done) {
        new Attempt(done).start(actor);
    }

    /** One call of the user's code. <em>Confined to the cache's actor.</em> */
    private final class Attempt {

        private final BiConsumer<@Nullable Token, @Nullable Throwable> done;
        private @Nullable Timer deadline;
        private boolean isOver;

        Attempt(BiConsumer<@Nullable Token, @Nullable Throwable> done) {
            this.done = done;
        }

        void start(Actor actor) {
            deadline = actor.after(
                    TIMEOUT_NANOS,
                    () -> finish(
                            null,
                            AuthenticationException.passing(
                                    "the TokenProvider has given no token in "
                                            + TimeUnit.NANOSECONDS.toSeconds(TIMEOUT_NANOS) + " s",
                                    null)));
            actor.remote(provider::token, (stage, thrown) -> onStage(actor, stage, thrown));
        }

        private void onStage(Actor actor, @Nullable CompletionStage<Token> stage, @Nullable Throwable thrown) {
            if (stage == null) {
                finish(null, failed(thrown));
                return;
            }
            try {
                stage.whenComplete(
                        (token, failure) -> actor.post(() -> finish(token, token == null ? failed(failure) : null)));
            } catch (RuntimeException e) { // the user's own kind of stage
                finish(null, failed(e));
            }
        }

        private void finish(@Nullable Token token, @Nullable Throwable failure) {
            if (!isOver) {
                isOver = true;
                if (deadline != null) {
                    deadline.cancel();
                }
                done.accept(token, failure);
            }
        }
    }

    private static Throwable failed(@Nullable Throwable thrown) {
        if (thrown == null) {
            return AuthenticationException.passing("the TokenProvider gave null", null);
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return AuthenticationException.passing(
                "the TokenProvider failed with " + cause.getClass().getName(), cause);
    }
}
