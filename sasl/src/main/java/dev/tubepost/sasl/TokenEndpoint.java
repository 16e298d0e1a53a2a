package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Timer;
import dev.tubepost.protocol.PeerText;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.Token;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches tokens from an OAuth 2 token endpoint (RFC 6749), which may be anybody's machine, or broken (F103). <em>Confined to the cache's actor.</em>
 *
 * <p>Files are read and assertions signed on a remote thread; the exchange itself holds none: {@link EndpointClient} has its own, and a timer of the actor
 * ends it.
 */
final class TokenEndpoint implements TokenFetch {

    /** A token may have as much, with what stands around it. */
    static final int MOST_BYTES = 64 << 10;

    private final OAuthOptions options;
    private final Env env;
    private final EndpointClient client;

    TokenEndpoint(OAuthOptions options, Env env) {
        this.options = options;
        this.env = env;
        client = new EndpointClient(options);
    }

    @Override
    public void begin(Actor actor, BiConsumer<@Nullable Token, @Nullable Throwable> done) {
        actor.remote(() -> client.ready(TokenRequest.of(options, env.millis())), (ready, thrown) -> {
            if (ready == null) {
                done.accept(null, thrown == null ? new IllegalStateException("no request") : thrown);
            } else {
                new Exchange(done).start(actor, ready);
            }
        });
    }

    /** One request and what comes of it. <em>Confined to the cache's actor.</em> */
    private final class Exchange {

        private final BiConsumer<@Nullable Token, @Nullable Throwable> done;
        private @Nullable Timer deadline;
        private boolean isOver;

        Exchange(BiConsumer<@Nullable Token, @Nullable Throwable> done) {
            this.done = done;
        }

        void start(Actor actor, EndpointClient.Ready ready) {
            CompletableFuture<HttpResponse<byte[]>> answer =
                    ready.client().sendAsync(ready.request(), head -> new BoundedBody(MOST_BYTES));
            long mostNanos = 2 * options.timeout().toNanos(); // to connect, and for the answer
            deadline = actor.after(mostNanos, () -> {
                answer.cancel(true);
                finish(null, timeout());
            });
            var unused = answer.whenComplete((response, thrown) -> actor.post(() -> {
                if (response == null) {
                    finish(null, unreachable(thrown));
                } else {
                    read(response);
                }
            }));
        }

        private void read(HttpResponse<byte[]> response) {
            try {
                Token bare = TokenAnswer.of(response, env.millis());
                finish(new Token(bare.value(), bare.expiresAt(), options.extensions()), null);
            } catch (AuthenticationException e) {
                finish(null, e);
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

    private AuthenticationException timeout() {
        return AuthenticationException.passing(
                where() + " has not answered in "
                        + TimeUnit.NANOSECONDS.toMillis(options.timeout().toNanos())
                        + " ms; see whether it can be reached from here, or allow more with timeout",
                null);
    }

    private AuthenticationException unreachable(@Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof HttpTimeoutException) {
            return timeout();
        }
        if (cause instanceof BoundedBody.TooLarge) {
            return AuthenticationException.passing(where() + " answers with more than " + MOST_BYTES + " bytes", null);
        }
        if (cause instanceof SSLException) {
            return AuthenticationException.passing(
                    where() + " cannot be trusted, or does not speak TLS: "
                            + PeerText.of(String.valueOf(cause.getMessage())) + "; see whom tls() trusts",
                    cause);
        }
        String how = cause instanceof ConnectException ? " cannot be reached" : " breaks off";
        return AuthenticationException.passing(
                where() + how + (cause == null ? "" : " (" + cause.getClass().getSimpleName() + ')'), null);
    }

    private String where() {
        return "the token endpoint " + options.tokenEndpoint().getAuthority();
    }
}
