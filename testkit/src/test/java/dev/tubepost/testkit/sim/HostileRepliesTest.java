package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.fault.HostileReply;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

/**
 * The whole client meets each malformed reply that can be made of each message in each version, at one broker: that connection is closed, what was
 * produced on it may be written, another broker's messages go on, memory stays bounded, and then the same producer delivers (F20 to F24, F29).
 */
final class HostileRepliesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int HOSTILE = 0;
    private static final int GOOD = 1;

    /** A broker that throttles is believed for five minutes. */
    private static final long LONGEST_SILENCE = TimeUnit.MINUTES.toNanos(5);

    /** What a case may allocate, of which the simulation's own part is the larger: no length that a reply claims is believed. */
    private static final long MOST_BYTES = 8 << 20;

    private final Map<String, Integer> cases = new HashMap<>();
    private final List<String> findings = new ArrayList<>();

    @Test
    void aHostileBrokerHarmsNothingButItsOwnAnswersInThousandsOfWays() {
        for (int produce = 3; produce <= 13; produce++) {
            new Age(produce).meetAll();
        }
        for (int metadata = 1; metadata <= 2; metadata++) {
            new Age(VersionProfile.KAFKA_4_4, Map.of(ApiKeys.METADATA, metadata)).meetMetadata();
        }
        for (VersionProfile profile : VersionProfile.values()) {
            new Age(profile).meetVersions();
        }
        assertThat(findings).as("of %s", cases).isEmpty();
        assertThat(cases.keySet())
                .as("every message in every version that a client of this age asks for")
                .hasSizeGreaterThanOrEqualTo(11 + 11 + 6 + 4);
        assertThat(cases.values().stream().mapToInt(Integer::intValue).sum())
                .as("cases")
                .isGreaterThan(1_000);
    }

    /** A cluster of one age, which meets one hostile reply after another. */
    private final class Age {

        private final String age;
        private final QuietWorld world;
        private final Ambush ambush;
        private final Producer<byte[], byte[]> producer;
        private int topics;
        private int messages;
        private byte[] good = {};

        /** As old as that version of Produce. */
        Age(int produce) {
            this(
                    VersionProfile.KAFKA_4_4,
                    Map.of(
                            ApiKeys.PRODUCE, produce,
                            ApiKeys.METADATA, produce,
                            ApiKeys.INIT_PRODUCER_ID, Math.max(0, produce - 8)));
        }

        Age(VersionProfile profile) {
            this(profile, Map.of());
        }

        private Age(VersionProfile profile, Map<ApiKeys, Integer> newest) {
            age = profile + " " + newest;
            world = new QuietWorld(profile, 2, 2);
            ambush = new Ambush(newest);
            world.cluster.hostility(ambush);
            producer =
                    world.client.topic("topic").producer(options().maxRetries(0).build());
            assertThat(deliver(producer, HOSTILE)).isTrue();
            assertThat(deliver(producer, GOOD)).isTrue();
        }

        void meetAll() {
            meet(ApiKeys.PRODUCE, HOSTILE, this::produce);
            meetMetadata();
            meet(ApiKeys.INIT_PRODUCER_ID, Ambush.ANY, this::takeAnId);
        }

        void meetMetadata() {
            meet(ApiKeys.METADATA, Ambush.ANY, this::askForATopic);
        }

        void meetVersions() {
            for (int version :
                    new int[] {5, 4, 3, 0}) { // 5 is asked first, and answered in the form of 0 by who does not know it
                ambush.of(version);
                meet(ApiKeys.API_VERSIONS, HOSTILE, this::connectAgain);
            }
        }

        private void meet(ApiKeys key, int broker, Case each) {
            ambush.lay(key, broker, reply -> {
                good = reply;
                return reply;
            });
            good = new byte[0];
            each.play(new HostileReply("good", good, false));
            if (good.length == 0) {
                return; // brokers of this age do not hear it
            }
            recover("before");
            int all = HostileReply.of(good).size();
            for (int i = 0; i < all; i++) {
                int index = i;
                var sent = new HostileReply[1];
                ambush.lay(key, broker, reply -> {
                    List<HostileReply> now = HostileReply.of(reply);
                    sent[0] = now.get(Math.min(index, now.size() - 1));
                    return sent[0].bytes();
                });
                HostileReply expected = HostileReply.of(good).get(index);
                measured(key + " " + expected.name(), () -> each.play(expected));
                String name = key + " v" + ambush.struckVersion() + " of " + age;
                if (sent[0] == null) {
                    findings.add(name + " was not asked: " + expected.name());
                } else {
                    cases.merge(key + " v" + ambush.struckVersion(), 1, Integer::sum);
                }
                recover(name + " " + expected.name());
            }
            findings.addAll(world.network.violations());
            world.network.violations().clear();
            world.cluster.violations().stream()
                    .filter(told -> !told.startsWith("sequence ")) // a liar gave the same id to two,
                    .filter(told -> !told.endsWith(" was not offered")) // or offered what it did not know
                    .forEach(findings::add);
            world.cluster.violations().clear();
        }

        private void measured(String name, Runnable work) {
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            work.run();
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            if (allocated > MOST_BYTES) {
                findings.add(name + " made us allocate " + allocated + " bytes");
            }
        }

        /** It is over: the same producer delivers to both brokers. */
        private void recover(String after) {
            ambush.lay(ApiKeys.SASL_HANDSHAKE, HOSTILE, reply -> reply);
            for (int broker : new int[] {HOSTILE, GOOD}) {
                if (!deliver(producer, broker)) {
                    world.runFor(
                            LONGEST_SILENCE); // it may have been told to be silent, for as long as anybody is believed
                }
                if (!deliver(producer, broker)) {
                    findings.add("broker " + broker + " gets nothing after " + after);
                }
            }
        }

        // ---- what leads to each message ----

        private void produce(HostileReply reply) {
            int connections = world.network.total();
            Message<byte[], byte[]> atHostile = send(producer, HOSTILE);
            Message<byte[], byte[]> elsewhere = send(producer, GOOD);
            runUntilDone(elsewhere, 1);
            if (elsewhere.failure() != null || !elsewhere.isDone()) {
                findings.add("another broker's message waits for " + reply.name());
            }
            runUntilDone(atHostile, 60);
            if (reply.isMalformed()) {
                var failure = atHostile.failure();
                if (failure == null || !failure.maybeWritten()) {
                    findings.add("after " + reply.name() + " it is not told as maybe written: " + failure);
                }
                world.runFor(SECOND);
                if (!deliver(producer, HOSTILE) || world.network.total() == connections) {
                    findings.add("the connection was not closed after " + reply.name());
                }
            }
        }

        private void askForATopic(HostileReply reply) {
            String name = "topic-" + ++topics;
            world.cluster.addTopic(name, 1, 0);
            try (var another = world.client.topic(name).producer(options().build())) {
                Message<byte[], byte[]> message = send(another, 0);
                Message<byte[], byte[]> elsewhere = send(producer, GOOD);
                runUntilDone(message, 40);
                boolean delivered = message.isDone() && message.failure() == null;
                if (!delivered && reply.isMalformed()) {
                    findings.add("no metadata after " + reply.name() + ": " + message.failure());
                }
                runUntilDone(elsewhere, 1);
            } catch (dev.tubepost.UndeliveredException e) {
                assertThat(reply.isMalformed())
                        .as(reply.name())
                        .isFalse(); // a well-formed lie may cost what depends on it
            }
        }

        private void takeAnId(HostileReply reply) {
            try (var session = world.client
                    .topic("topic")
                    .producer(options().idempotent(true).build())) {
                Message<byte[], byte[]> message = send(session, GOOD);
                runUntilDone(message, 40);
                if (reply.isMalformed() && (!message.isDone() || message.failure() != null)) {
                    findings.add("no id after " + reply.name() + ": " + message.failure());
                }
            } catch (dev.tubepost.UndeliveredException e) {
                assertThat(reply.isMalformed()).as(reply.name()).isFalse();
            }
        }

        private void connectAgain(HostileReply reply) {
            int connections = world.network.total();
            world.cluster.brokers().get(HOSTILE).cutAll();
            world.runFor(SECOND / 10);
            Message<byte[], byte[]> atHostile = send(producer, HOSTILE);
            Message<byte[], byte[]> elsewhere = send(producer, GOOD);
            runUntilDone(elsewhere, 1);
            runUntilDone(atHostile, 40);
            if (elsewhere.failure() != null || !elsewhere.isDone()) {
                findings.add("another broker's message waits for versions: " + reply.name());
            }
            boolean isOld =
                    reply.name().equals("cut at 10"); // an error alone is what brokers before 2.4 answer (KIP-511)
            if (reply.isMalformed() && !isOld && world.network.total() < connections + 2) {
                findings.add("the connection was not closed after versions: " + reply.name());
            }
            if (reply.isMalformed() && atHostile.failure() != null) {
                findings.add("it failed for want of versions: " + reply.name() + ": " + atHostile.failure());
            }
        }

        private boolean deliver(Producer<byte[], byte[]> by, int partition) {
            Message<byte[], byte[]> message = send(by, partition);
            runUntilDone(message, 40);
            return message.isDone() && message.failure() == null;
        }

        private Message<byte[], byte[]> send(Producer<byte[], byte[]> by, int partition) {
            return by.draft(("m" + ++messages).getBytes(StandardCharsets.US_ASCII))
                    .partition(partition)
                    .produce();
        }

        private void runUntilDone(Message<byte[], byte[]> message, int seconds) {
            for (int i = 0; i < 10 * seconds && !message.isDone(); i++) {
                world.runFor(SECOND / 10);
            }
        }
    }

    private interface Case {
        void play(HostileReply reply);
    }

    private static ProducerOptions.Builder options() {
        return ProducerOptions.builder().linger(Duration.ZERO).deliveryTimeout(Duration.ofSeconds(30));
    }
}
