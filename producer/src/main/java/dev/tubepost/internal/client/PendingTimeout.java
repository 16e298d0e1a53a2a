package dev.tubepost.internal.client;

import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.PhaseClock;
import dev.tubepost.internal.broker.Advice;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Standing;
import dev.tubepost.protocol.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The exception of a synchronous produce whose pending timeout is over: the message goes on by itself, so whoever has it now is asked where its time
 * went. Static, without state.
 */
final class PendingTimeout {

    /** How long whoever has the message may take to say where it stands: he never blocks, so as a rule it is a matter of microseconds. */
    private static final long INQUIRY_NANOS = 100_000_000L;

    private PendingTimeout() {}

    /**
     * The exception for the caller.
     *
     * @param beginNanos when produce was called
     * @return null if the message has just got its outcome
     */
    static @Nullable DeliveryException of(
            MessageHandle<?, ?> message, TopicRoute route, ClientSession session, long beginNanos) {
        Standing told = standing(message, route, session);
        if (message.isDone()) {
            return null;
        }
        Env env = session.context().env();
        long now = env.nanos();
        Standing standing = told == null ? untold(message, beginNanos, now) : told;
        ErrorCode error = route.known() == null ? session.context().cluster().lastError(route.topic()) : ErrorCode.NONE;
        var details = new DeliveryException.Details(
                message.topic(),
                message.partition(),
                standing.broker(),
                message.attempts(),
                Duration.ofNanos(Math.max(0, now - beginNanos)),
                standing.spent(),
                error.code(),
                error.name(),
                true,
                false);
        return new DeliveryTimeoutException(text(details, standing, session), details, null).forCaller();
    }

    private static String text(DeliveryException.Details details, Standing standing, ClientSession session) {
        int attempts = details.attempts();
        return "a message for " + details.topic() + (details.partition() < 0 ? "" : "-" + details.partition())
                + " was not acknowledged within pendingTimeout, "
                + session.options().pendingTimeout().toMillis() + " ms: "
                + details.timeSpent().describe() + "; "
                + (attempts == 0 ? "never sent" : attempts == 1 ? "1 attempt" : attempts + " attempts") + "; "
                + standing.trouble()
                + ". It is still on its way and may be delivered, so that producing it again may write it twice. "
                + Advice.on(details.timeSpent().largest(), Advice.Limit.SYNC);
    }

    /** What whoever has the message says, or null if it is on its way from one to another, or nobody says anything. */
    private static @Nullable Standing standing(MessageHandle<?, ?> message, TopicRoute route, ClientSession session) {
        BacklogMessage waiting = route.backlog().first(each -> each.ticket() == message);
        if (waiting != null) {
            return session.backlogs().standing(route, waiting);
        }
        TopicRoute.Routes known = route.known();
        BatchOutcome outcome = message.outcome().of(message.index());
        int partition = outcome.partition();
        if (known == null || partition < 0 || partition >= known.queues().length) {
            return null;
        }
        PartitionQueue queue = known.queues()[partition];
        var told = new CompletableFuture<@Nullable Standing>();
        queue.owner().inquire(queue, outcome, told::complete);
        boolean inTime = CallerWait.await(
                session.context().env(),
                told,
                INQUIRY_NANOS,
                "for an acknowledgement; the message may still be delivered");
        return inTime ? told.getNow(null) : null;
    }

    /** As much as the message itself knows. */
    private static Standing untold(MessageHandle<?, ?> message, long beginNanos, long nowNanos) {
        TimeSpent.Phase phase = message.attempts() > 0 ? TimeSpent.Phase.IN_FLIGHT : TimeSpent.Phase.QUEUE;
        return new Standing(
                null, "where it stands could not be learnt in time", new PhaseClock(phase, beginNanos).read(nowNanos));
    }
}
