package dev.tubepost.internal.client;

import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.env.Timer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks at the backlogs of a session ten times a second while there is anything in one: what has been there too long fails, and topics that were
 * refused are asked for again. <em>Thread-safe; looks on the cluster actor.</em>
 */
final class BacklogWatch {

    private static final long TICK_NANOS = 100_000_000L;

    private final ClusterActor cluster;
    private final SessionRouter router;
    private final BacklogKeeper keeper;
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final Runnable tick = this::tick;

    BacklogWatch(ClusterActor cluster, SessionRouter router, BacklogKeeper keeper) {
        this.cluster = cluster;
        this.router = router;
        this.keeper = keeper;
    }

    /** A backlog got a message: looks after it until it is empty. */
    void begin() {
        if (!ticking.getAndSet(true)) {
            try {
                cluster.actor().post(tick);
            } catch (OutOfMemoryError e) { // the message is in: the next one has it begin (F76)
                ticking.set(false);
            }
        }
    }

    private void tick() {
        boolean any = true; // also if anything is thrown: nobody else would look again
        try {
            any = expire();
        } finally {
            if (any) {
                tickLater();
            } else {
                ticking.set(false);
                if (router.hasBacklog()) {
                    begin(); // one came in between
                }
            }
        }
    }

    /** Whether there is anything left in one. */
    private boolean expire() {
        boolean any = false;
        for (TopicRoute route : router.routes()) {
            keeper.expire(route);
            if (!route.backlog().isEmpty()) {
                any = true;
                cluster.askAgainIfRefused(route.topic()); // what came after the refusal wants to know anew
            }
        }
        return any;
    }

    private void tickLater() {
        Timer next = null;
        try {
            next = cluster.actor().after(TICK_NANOS, tick);
        } finally {
            if (next == null) {
                ticking.set(false); // no memory: the next message has it begin anew (F76)
            }
        }
    }
}
