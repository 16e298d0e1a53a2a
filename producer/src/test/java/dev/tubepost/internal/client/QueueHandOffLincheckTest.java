package dev.tubepost.internal.client;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.BatchLimit;
import dev.tubepost.internal.queue.Gate;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.QueueLimits;
import dev.tubepost.protocol.RecordFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From callers, on the real way of an append, to whoever owns the queue: nothing is lost, doubled or overtaken. */
@Tag("interleavings")
final class QueueHandOffLincheckTest {

    @Test
    void theOwnerHearsOfEveryMessage() {
        explore(() -> {
            var world = new World(4);
            together(
                    () -> {
                        world.append("a1");
                        world.append("a2");
                    },
                    () -> world.append("b"),
                    world.first::work);
            world.first.work();
            world.requireDrained(3);
        });
    }

    @Test
    void whoeverOwnsTheQueueInTheEndHearsOfEveryMessage() {
        explore(() -> {
            var world = new World(4);
            together(() -> world.append("a1"), () -> {
                world.queue.moveTo(world.second);
                world.second.adopted(world.queue);
            });
            world.second.work();
            world.requireDrained(1);
        });
    }

    @Test
    void aCallerThatWaitsForRoomGetsItFromTheOwner() {
        explore(() -> {
            var world = new World(1);
            var in = new AtomicBoolean();
            together(
                    () -> {
                        world.append("a1");
                        world.append("a2");
                        in.set(true);
                    },
                    () -> {
                        while (!in.get()) {
                            world.first.work();
                            Thread.onSpinWait();
                        }
                    });
            world.first.work();
            world.requireDrained(2);
        });
    }

    @Test
    void aCallerThatWaitsForRoomGetsItWhereTheQueueHasMoved() {
        explore(() -> {
            var world = new World(1);
            require(world.first.admission().tryAdmitOne(0), "somebody else's message, which stays");
            together(() -> world.append("a1"), () -> {
                world.queue.moveTo(world.second);
                world.second.adopted(world.queue);
            });
            world.first.admission().returnCredits(1);
            world.second.work();
            world.requireDrained(1);
        });
    }

    /** A credit of the former owner's broker is no credit at the next one's: it would be missing there, or given back twice. */
    @Test
    void aCreditThatComesWhileTheQueueMovesCountsOnce() {
        explore(() -> {
            var world = new World(4);
            Admission from = world.first.admission();
            together(
                    () -> {
                        int credits = from.tryAdmit();
                        require(credits > 0, "there is room");
                        if (!world.queue.giveCredit(from, credits)) {
                            from.returnCredits(credits);
                        }
                    },
                    () -> world.queue.moveTo(world.second));
            world.requireDrained(0);
        });
    }

    @Test
    void whatCameInBeforeTheGateClosedIsFlushedAndNothingComesAfter() {
        explore(() -> {
            var world = new World(4);
            var in = new AtomicInteger();
            together(
                    () -> {
                        for (int i = 1; i <= 2; i++) {
                            if (world.append("a" + i)) {
                                in.incrementAndGet();
                            }
                        }
                    },
                    () -> {
                        world.queue.setGate(Gate.DRAINING);
                        CompletableFuture<Void> flush = world.ledger.flush();
                        world.first.touched(world.queue); // as a flush hurries each owner
                        world.first.work();
                        require(flush.isDone(), "nothing is left that came before");
                        world.queue.setGate(Gate.SHUT);
                    });
            world.requireDrained(in.get());
        });
    }

    /** One queue, two owners. */
    private static final class World {
        final FlushLedger ledger = new FlushLedger();
        final ScenarioOwner first;
        final ScenarioOwner second;
        final PartitionQueue queue;
        private final List<String> log = new ArrayList<>();
        private final MemoryBound memory = new MemoryBound(1_000_000, () -> {});
        private final BufferPool pool = new BufferPool();
        private final Appender appender;

        World(int maxMessages) {
            var env = new QuietEnv();
            first = new ScenarioOwner(admission(maxMessages), pool, log);
            second = new ScenarioOwner(admission(maxMessages), pool, log);
            var limits = new QueueLimits(1_000, 0, 1_000_000_000, 1);
            queue = new PartitionQueue("topic", 0, limits, new BatchLimit(1_000, 1_000), ledger, env, first, null);
            appender = new Appender(env, pool, () -> {}, () -> false);
        }

        private Admission admission(int maxMessages) {
            return new Admission(maxMessages, Integer.MAX_VALUE, memory, 1_000_000, this::reclaim);
        }

        boolean append(String text) {
            byte[] value = text.getBytes(StandardCharsets.UTF_8);
            int size = RecordFormat.maxSize(null, value, PartitionQueue.noHeaders());
            Appender.Result result =
                    appender.append(queue, null, value, PartitionQueue.noHeaders(), 0, size, null, Long.MAX_VALUE);
            require(result != Appender.Result.FULL, "there is time to wait");
            return result == Appender.Result.APPENDED;
        }

        private void reclaim(Admission from) {
            int unused = queue.takeCredits(from);
            if (unused > 0) {
                from.returnCredits(unused);
            }
        }

        /** Each message was drained once, those of one caller in order, and nothing is charged to anybody. */
        void requireDrained(int messages) {
            require(log.size() == messages, "each message was drained once");
            require(!log.contains("a2") || log.indexOf("a1") < log.indexOf("a2"), "in order");
            reclaim(first.admission());
            reclaim(second.admission());
            require(first.admission().grantedMessages() == 0, "the first owner's credits are back");
            require(second.admission().grantedMessages() == 0, "the second owner's credits are back");
            require(first.admission().usedBytes() == 0 && second.admission().usedBytes() == 0, "so are the bytes");
            require(memory.usedBytes() == 0 && pool.usedBytes() == 0, "and the buffers");
        }
    }
}
