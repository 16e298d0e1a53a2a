package dev.tubepost.internal.client;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.FailedMessage;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.TimeSpent;
import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.Completion;
import dev.tubepost.internal.batch.PhaseClock;
import dev.tubepost.internal.batch.Reportable;
import dev.tubepost.internal.broker.Advice;
import dev.tubepost.internal.broker.Refusals;
import dev.tubepost.internal.broker.SessionContext;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.internal.queue.Standing;
import dev.tubepost.internal.queue.Ticket;
import dev.tubepost.protocol.ErrorCode;
import java.time.Duration;

/**
 * Takes messages out of the backlogs of a session: to the partitions' queues once these are known, or to their failure. <em>Thread-safe;
 * partitioners run among the reports.</em>
 */
final class BacklogKeeper {

    private final SessionContext session;
    private final Appender appender;
    private final Admission charged;

    /**
     * @param charged what the messages of backlogs are charged to
     */
    BacklogKeeper(SessionContext session, Appender appender, Admission charged) {
        this.session = session;
        this.appender = appender;
        this.charged = charged;
    }

    /** The partitions are known: brings everything to the queues, in order. */
    void empty(TopicRoute route) {
        session.reporter().run(() -> {
            while (true) {
                BacklogMessage message = route.backlog().next(route::openUp);
                if (message == null) {
                    charged.dismiss(route); // who waits for room in the backlog finds it in a queue
                    return;
                }
                forward(route, message);
            }
        });
    }

    private void forward(TopicRoute route, BacklogMessage message) {
        TopicRoute.Routes routes = route.known();
        if (routes == null) {
            throw new IllegalStateException("a backlog is emptied before its partitions are known");
        }
        try {
            PartitionQueue queue = message.choice().of(routes, message.partition(), message.key(), message.maxBytes());
            if (appender.append(queue, message) == Appender.Result.APPENDED) {
                release(message);
                if (message.outcome() != null) {
                    Completion.moved(message.outcome());
                }
            } else {
                fail(route, message, cutOff(route, message, CutOff.timeOver("the producer was stopped")));
            }
        } catch (RuntimeException | Error e) { // no memory, or a partitioner's: those behind it go on (F76)
            fail(route, message, rejected(route, message, e));
        }
    }

    /** Fails what was handed over too long ago. */
    void expire(TopicRoute route) {
        long before = session.env().nanos() - session.limits().deliveryNanos();
        for (BacklogMessage message : route.backlog().takeBefore(before)) {
            fail(route, message, timeout(route, message));
        }
    }

    /** Fails everything: a stop ended before. */
    void cutOff(TopicRoute route, CutOff why) {
        for (BacklogMessage message : route.backlog().takeAll()) {
            fail(route, message, cutOff(route, message, why));
        }
    }

    private DeliveryException cutOff(TopicRoute route, BacklogMessage message, CutOff why) {
        Standing standing = standing(route, message);
        return new DeliveryTimeoutException(
                what(route, message) + " was not sent: " + why.why() + ": "
                        + standing.spent().describe() + "; " + standing.trouble() + ". "
                        + Advice.on(why, standing.spent().largest()),
                details(route, message, session.cluster().lastError(route.topic()), true),
                null);
    }

    /** Fails everything: the topic cannot be produced to. */
    void refuse(TopicRoute route, Refusal refusal) {
        for (BacklogMessage message : route.backlog().takeAll()) {
            String text = what(route, message) + " was not sent: " + refusal.why() + ". " + refusal.advice();
            DeliveryException.Details details = details(route, message, refusal.error(), refusal.retriable());
            fail(route, message, Refusals.of(refusal.error(), text, details, null));
        }
    }

    /** Fails everything: no broker lets us in. Told as of a message that was in a queue already: nothing helps but a change. */
    void refuse(TopicRoute route, ConnectionLoss loss) {
        ErrorCode error = loss.error();
        for (BacklogMessage message : route.backlog().takeAll()) {
            DeliveryException.Details details = details(route, message, error, false);
            String text = what(route, message) + " was not sent: " + loss.message();
            fail(route, message, new AuthenticationFailedException(text, details, loss.cause()));
        }
    }

    /** Takes one message back; false if it has left the backlog. */
    boolean cancel(TopicRoute route, Ticket ticket, DeliveryException cause) {
        for (BacklogMessage message : route.backlog().takeMatching(each -> each.ticket() == ticket)) {
            fail(route, message, cause);
            return true;
        }
        return false;
    }

    private void fail(TopicRoute route, BacklogMessage message, DeliveryException cause) {
        if (message.outcome() != null) {
            BatchOutcome.Waiter waiters = Completion.failAlone(message.outcome(), cause);
            session.reporter().run(() -> Completion.notifyAll(waiters));
        }
        if (message.ticket() instanceof Reportable asked) {
            session.reporter().run(asked::report);
        }
        var failed = new FailedMessage(
                route.topic(), message.partition(), message.key(), message.value(), message.timestamp(), cause);
        session.reporter().failedAlone(cause, failed, () -> release(message));
    }

    private void release(BacklogMessage message) {
        charged.giveBack(1, message.maxBytes());
        message.generation().release();
    }

    private DeliveryException timeout(TopicRoute route, BacklogMessage message) {
        Standing standing = standing(route, message);
        return new DeliveryTimeoutException(
                what(route, message) + " was not sent within the delivery timeout: "
                        + standing.spent().describe() + "; " + standing.trouble() + ". "
                        + Advice.on(standing.spent().largest(), Advice.Limit.DELIVERY),
                details(route, message, session.cluster().lastError(route.topic()), true),
                null);
    }

    /** A partitioner that threw, or a partition that is not there, will do so again; memory may be there the next time. */
    private DeliveryException rejected(TopicRoute route, BacklogMessage message, Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new MessageRejectedException(
                what(route, message) + " was not sent: " + why,
                details(route, message, ErrorCode.NONE, cause instanceof OutOfMemoryError),
                cause);
    }

    private static String what(TopicRoute route, BacklogMessage message) {
        return "a message for " + route.topic() + (message.partition() < 0 ? "" : "-" + message.partition());
    }

    private DeliveryException.Details details(
            TopicRoute route, BacklogMessage message, ErrorCode error, boolean retriable) {
        return new DeliveryException.Details(
                route.topic(),
                message.partition(),
                null,
                0,
                Duration.ofNanos(Math.max(0, session.env().nanos() - message.acceptedNanos())),
                standing(route, message).spent(),
                error.code(),
                error.name(),
                false,
                retriable);
    }

    /** Where a message of the backlog stands: it waits for the topic's partitions, or has just done so. */
    Standing standing(TopicRoute route, BacklogMessage message) {
        var clock = new PhaseClock(TimeSpent.Phase.METADATA, message.acceptedNanos());
        clock.add(TimeSpent.Phase.MEMORY, message.waitedNanos());
        String trouble = route.known() == null
                ? "the topic's partitions and their leaders were not known: "
                        + session.cluster().trouble(route.topic())
                : "the topic's partitions are known by now, and it was on its way to its queue";
        return new Standing(null, trouble, clock.read(session.env().nanos()));
    }
}
