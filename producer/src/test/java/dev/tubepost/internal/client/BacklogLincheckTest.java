package dev.tubepost.internal.client;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.queue.BatchLimit;
import dev.tubepost.internal.queue.Gate;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While the partitions become known, nobody overtakes and nobody is forgotten; and what is known last is what counts. */
@Tag("interleavings")
final class BacklogLincheckTest {

    private static final PartitionChoice NO_CHOICE =
            new PartitionChoice("topic", (partitions, key) -> partitions.get(0));

    @Test
    void nobodyOvertakesWhileTheBacklogIsEmptied() {
        explore(() -> {
            var world = new World();
            together(
                    () -> {
                        world.produce(1);
                        world.produce(2);
                    },
                    world::becomeKnown);
            require(world.log.equals(List.of(1L, 2L)), "each once, in order");
        });
    }

    @Test
    void callersSeeThePartitionsThatBecameKnownLast() {
        explore(() -> {
            var world = new World();
            TopicRoute.Routes newer = routes();
            world.route.update(routes());
            require(world.route.backlog().begin(), "it is to be emptied");
            together(() -> world.produce(1), world::empty, () -> world.route.update(newer));
            require(world.route.open() == newer, "the newer partitions");
            require(world.log.equals(List.of(1L)), "the message came through");
        });
    }

    @Test
    void aStopTakesOutWhatNobodyForwardsAndNothingJoinsAfterIt() {
        explore(() -> {
            var world = new World();
            var in = new AtomicInteger();
            var taken = new AtomicInteger();
            together(() -> in.addAndGet(world.produce(1) ? 1 : 0), () -> in.addAndGet(world.produce(2) ? 1 : 0), () -> {
                world.route.backlog().setGate(Gate.SHUT);
                taken.set(world.route.backlog().takeAll().size());
            });
            require(in.get() == taken.get(), "what joined was taken out");
            require(world.route.backlog().isEmpty(), "nobody joined afterwards");
        });
    }

    @Test
    void whatIsAddedWhileTheSessionStopsIsShut() {
        explore(() -> {
            var gate = new SessionGate();
            var backlog = new TopicBacklog();
            together(() -> gate.add(backlog), () -> gate.set(Gate.SHUT));
            require(backlog.join(message(1)) == TopicBacklog.Join.RETIRED, "nobody joins");
        });
    }

    private static TopicRoute.Routes routes() {
        return new TopicRoute.Routes(List.of(), new PartitionQueue[0]);
    }

    private static BacklogMessage message(long number) {
        FlushLedger.Generation generation = new FlushLedger().enter();
        return new BacklogMessage(
                null, null, PartitionQueue.noHeaders(), number, -1, 1, 0, 0, null, null, generation, NO_CHOICE);
    }

    /** A topic, and what came through to its partitions, by number. */
    private static final class World {
        final TopicRoute route = new TopicRoute("topic", new BatchLimit(1_000, 1_000));
        final List<Long> log = Collections.synchronizedList(new ArrayList<>());

        /** As a caller does; false if the session has stopped. */
        boolean produce(long number) {
            while (route.open() == null) {
                TopicBacklog.Join joined = route.backlog().join(message(number));
                if (joined != TopicBacklog.Join.OPEN) {
                    return joined == TopicBacklog.Join.JOINED;
                }
            }
            log.add(number);
            return true;
        }

        /** As the cluster's actor and the report thread do. */
        void becomeKnown() {
            route.update(routes());
            require(route.backlog().begin(), "for the first time");
            empty();
        }

        void empty() {
            for (BacklogMessage next = next(); next != null; next = next()) {
                log.add(next.timestamp());
            }
        }

        private @Nullable BacklogMessage next() {
            return route.backlog().next(route::openUp);
        }
    }
}
