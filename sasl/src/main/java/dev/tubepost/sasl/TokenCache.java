package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.env.Env;
import dev.tubepost.security.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The token of a cluster: fetched once for all that wait, offered until it expires, and fetched anew when 80 % of its life have passed.
 * <em>Thread-safe: {@link #ask} and {@link #onRefused} post to the actor to which all else is confined.</em>
 *
 * <p>While the next one is fetched, who asks waits a moment for it: a broker's session ends with the token that began it (KIP-368), and one that begins with the
 * last tenth of a token would not live long. A refresh that fails is repeated after a pause, and the old token is offered as long as it is good. A token without an expiry is given to those who
 * waited for it, and to nobody else.
 *
 * <p>A life is measured by the monotone clock from when the token came, so that a wall clock that is set makes no token live longer; and it ends at once when
 * the wall clock says so, since a machine that slept does not count its sleep.
 */
final class TokenCache implements Tokens {

    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10); // who mends it is not kept waiting

    /** How long who asks waits for the next token while there is one that is good. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** By how much a life is shorter here: {@code exp} has whole seconds, the clocks differ, and the token takes its time to get to the broker. */
    private static final long MARGIN_MILLIS = 1_000;

    /** A token that lives longer is asked for anew all the same. */
    private static final long LONGEST_LIFE_MILLIS = TimeUnit.DAYS.toMillis(30);

    /**
     * The token that is offered. <em>Immutable.</em>
     *
     * @param expiresNanos when its life is over, by the monotone clock
     * @param refreshNanos when 80 % of it are
     */
    private record Cached(Token token, Instant expiresAt, long expiresNanos, long refreshNanos) {}

    private record Waiting(Actor asker, BiConsumer<@Nullable Token, @Nullable Throwable> answer) {}

    private final Env env;
    private final Actor actor;
    private final TokenFetch fetch;
    private final Backoff backoff;
    private final List<Waiting> waiting = new ArrayList<>(); // at most one for each connection
    private @Nullable Cached cached;
    private boolean isUsed;
    private boolean isFetching;
    private @Nullable Throwable lastFailure;
    private long retryNanos;

    TokenCache(Env env, TokenFetch fetch) {
        this.env = env;
        this.fetch = fetch;
        actor = env.actor("tokens");
        backoff = new Backoff(env.random(), FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    }

    @Override
    public void ask(Actor asker, BiConsumer<@Nullable Token, @Nullable Throwable> answer) {
        actor.post(() -> onAsk(new Waiting(asker, answer)));
    }

    /** The next one is fetched now, rather than at 80 %; who asks meanwhile is offered this one. */
    @Override
    public void onRefused(Token token) {
        actor.post(() -> {
            Cached now = cached;
            if (now != null && now.token() == token) {
                cached = new Cached(token, now.expiresAt(), now.expiresNanos(), env.nanos());
                refreshIfDue();
            }
        });
    }

    private void onAsk(Waiting who) {
        Cached now = good();
        if (now != null) {
            isUsed = true;
            refreshIfDue();
            if (isFetching) {
                waitAMoment(who);
            } else {
                tell(who, now.token(), null);
            }
        } else if (!isFetching && isPausing()) {
            tell(who, null, lastFailure);
        } else {
            waiting.add(who);
            fetch();
        }
    }

    private void waitAMoment(Waiting who) {
        waiting.add(who);
        actor.after(PATIENCE_NANOS, () -> {
            Cached now = good();
            if (now != null && waiting.removeIf(each -> each == who)) {
                tell(who, now.token(), null);
            }
        });
    }

    /** The token, if its life is not over. */
    private @Nullable Cached good() {
        Cached now = cached;
        if (now != null
                && (env.nanos() - now.expiresNanos() >= 0
                        || env.millis() >= now.expiresAt().toEpochMilli())) {
            cached = null;
        }
        return cached;
    }

    private boolean isPausing() {
        return lastFailure != null && env.nanos() - retryNanos < 0;
    }

    private void refreshIfDue() {
        Cached now = good();
        if (now != null && env.nanos() - now.refreshNanos() >= 0 && !isPausing()) {
            fetch();
        }
    }

    private void fetch() {
        if (isFetching) {
            return;
        }
        isFetching = true;
        try {
            fetch.begin(actor, this::onFetched);
        } catch (RuntimeException | Error e) {
            onFetched(null, e);
            throw e;
        }
    }

    private void onFetched(@Nullable Token token, @Nullable Throwable failure) {
        isFetching = false;
        Throwable told = token == null ? failure : expired(token);
        if (token != null && told == null) {
            keep(token);
        } else {
            onFailed(told == null ? new IllegalStateException("neither a token nor a reason") : told);
        }
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        isUsed |= !all.isEmpty();
        Cached old = lastFailure == null ? null : good();
        Token offered = old == null ? token : old.token();
        Throwable why = old == null ? lastFailure : null;
        all.forEach(who -> tell(who, why == null ? offered : null, why));
    }

    private @Nullable Throwable expired(Token token) {
        Instant expiry = token.expiresAt();
        return expiry == null || expiry.isAfter(Instant.ofEpochMilli(env.millis()))
                ? null
                : AuthenticationException.lasting(
                        "the token that came expired at " + expiry + ": compare the clocks of both machines", null);
    }

    private void keep(Token token) {
        lastFailure = null;
        backoff.reset();
        Instant expiry = token.expiresAt();
        if (expiry == null) {
            cached = null;
            return;
        }
        long nanos = env.nanos();
        Instant wall = Instant.ofEpochMilli(env.millis());
        Duration life = Duration.between(wall, expiry);
        long lifeMillis =
                life.compareTo(Duration.ofMillis(LONGEST_LIFE_MILLIS)) > 0 ? LONGEST_LIFE_MILLIS : life.toMillis();
        long refreshNanos = TimeUnit.MILLISECONDS.toNanos(lifeMillis) / 10 * 8;
        long goodMillis = lifeMillis - Math.min(MARGIN_MILLIS, lifeMillis / 10);
        long goodNanos = TimeUnit.MILLISECONDS.toNanos(goodMillis);
        cached = new Cached(token, wall.plusMillis(goodMillis), nanos + goodNanos, nanos + refreshNanos);
        isUsed = false;
        actor.after(refreshNanos, this::refreshIfUsed);
    }

    /** A cluster that opens connections will want the next one; one that is idle need not ask on and on. */
    private void refreshIfUsed() {
        if (isUsed) {
            refreshIfDue();
        }
    }

    private void onFailed(Throwable failure) {
        lastFailure = failure;
        long pause = backoff.nextNanos();
        retryNanos = env.nanos() + pause;
        if (good() != null) {
            actor.after(pause, this::refreshIfUsed);
        }
    }

    private static void tell(Waiting who, @Nullable Token token, @Nullable Throwable failure) {
        who.asker().post(() -> who.answer().accept(token, failure));
    }
}
