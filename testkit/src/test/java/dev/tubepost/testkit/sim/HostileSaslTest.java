package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.Logins;
import dev.tubepost.testkit.fault.HostileReply;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;

/**
 * The whole client says who it is, and one broker answers with each malformed reply that can be made, or a lie: when the connection is new, and when it is
 * said again on one that is in use. That connection is closed, nothing is asked of a broker by a stranger, another broker's messages go on, and then the same
 * producer delivers (F20 to F24, F98, F99).
 */
final class HostileSaslTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int HOSTILE = 0;
    private static final int GOOD = 1;
    private static final int LIFETIME_SECONDS = 10;
    private static final int STRANGERS_BYTES = 64 << 10;
    private static final int CORRELATED_BYTES = 8;
    private static final long MOST_BYTES = 8 << 20;
    private static final String PASSWORD = "qZ7secretXw9";

    /** What Kafka says to who is refused, what it says elsewhere, and what nobody knows. */
    private static final short[] ERRORS = {33, 34, 58, 31, -1, 999, Short.MAX_VALUE, Short.MIN_VALUE};

    private final Map<String, Integer> cases = new HashMap<>();
    private final List<String> findings = new ArrayList<>();

    @Test
    void aBrokerThatIsHostileBeforeItKnowsUsHarmsNothingButItsOwnConnection() {
        for (int version = 0; version <= 2; version++) {
            var each = new Encounter(version, 0);
            each.meet(ApiKeys.SASL_HANDSHAKE);
            each.meet(ApiKeys.SASL_AUTHENTICATE);
        }
        assertThat(findings).as("of %s", cases).isEmpty();
        assertThat(cases)
                .containsOnlyKeys(
                        "SASL_HANDSHAKE v1", "SASL_AUTHENTICATE v0", "SASL_AUTHENTICATE v1", "SASL_AUTHENTICATE v2");
        assertThat(cases.values()).allMatch(each -> each >= 80);
    }

    @Test
    void aBrokerThatTurnsHostileWhenWeSayAgainWhoWeAreHarmsNothingElse() {
        for (int version = 1; version <= 2; version++) {
            var each = new Encounter(version, LIFETIME_SECONDS);
            each.meet(ApiKeys.SASL_HANDSHAKE);
            each.meet(ApiKeys.SASL_AUTHENTICATE);
        }
        assertThat(findings).as("of %s", cases).isEmpty();
        assertThat(cases).containsOnlyKeys("SASL_HANDSHAKE v1", "SASL_AUTHENTICATE v1", "SASL_AUTHENTICATE v2");
        assertThat(cases.values()).allMatch(each -> each >= 80);
    }

    /** A cluster of one age, which meets one hostile reply after another. */
    private final class Encounter {

        private final boolean renews;
        private final Ambush ambush;
        private final QuietWorld world;
        private final Producer<byte[], byte[]> producer;
        private byte[] good = {};
        private int messages;

        Encounter(int version, int lifetimeSeconds) {
            renews = lifetimeSeconds > 0;
            ambush = new Ambush(Map.of(ApiKeys.SASL_AUTHENTICATE, version));
            world = new QuietWorld(2, 2, new Logins("alice", PASSWORD, lifetimeSeconds * 1_000L));
            world.cluster.hostility(ambush);
            producer = world.client
                    .topic("topic")
                    .producer(ProducerOptions.builder()
                            .linger(Duration.ZERO)
                            .deliveryTimeout(Duration.ofSeconds(30))
                            .build());
            world.cluster.brokers().forEach(each -> each.cutAll()); // what is offered is asked anew
            assertThat(deliver(HOSTILE)).isTrue();
            assertThat(deliver(GOOD)).isTrue();
        }

        void meet(ApiKeys key) {
            ambush.lay(key, HOSTILE, reply -> {
                good = reply;
                return reply;
            });
            sayWhoWeAre();
            assertThat(deliver(HOSTILE)).isTrue();
            List<HostileReply> all = hostile(key, good);
            for (int i = 0; i < all.size(); i++) {
                int index = i;
                ambush.lay(key, HOSTILE, reply -> {
                    List<HostileReply> now = hostile(key, reply);
                    return now.get(Math.min(index, now.size() - 1)).bytes();
                });
                var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = threads.getCurrentThreadAllocatedBytes();
                play(key, all.get(i));
                if (threads.getCurrentThreadAllocatedBytes() - before > MOST_BYTES) {
                    findings.add("much memory for " + key + " " + all.get(i).name());
                }
            }
            findings.addAll(world.network.violations());
            findings.addAll(world.cluster.violations());
        }

        private void play(ApiKeys key, HostileReply reply) {
            int closed = closed();
            sayWhoWeAre();
            Message<byte[], byte[]> atHostile = send(HOSTILE);
            Message<byte[], byte[]> elsewhere = send(GOOD);
            runUntilDone(elsewhere, 1);
            String name = key + " v" + ambush.struckVersion() + (renews ? " anew, " : ", ") + reply.name();
            if (!elsewhere.isDone() || elsewhere.failure() != null) {
                findings.add("another broker's message waits: " + name);
            }
            runUntilDone(atHostile, 40);
            if (!atHostile.isDone() || atHostile.failure() != null) {
                findings.add("it is not delivered when it is over: " + name + ": " + atHostile.failure());
            }
            if (ambush.struckVersion() < 0) {
                findings.add("was not asked: " + name);
            }
            if (reply.isMalformed() && closed() < closed + (renews ? 1 : 2)) {
                findings.add("the connection was not closed: " + name);
            }
            cases.merge(key + " v" + ambush.struckVersion(), 1, Integer::sum);
            if (!deliver(HOSTILE) || !deliver(GOOD)) {
                findings.add("nothing is delivered after " + name);
            }
        }

        private int closed() {
            return world.network.total() - world.network.open();
        }

        /** The client comes to where it says it, at the hostile broker. */
        private void sayWhoWeAre() {
            if (renews) {
                for (int i = 0; i < 2 * LIFETIME_SECONDS && ambush.struckVersion() < 0; i++) {
                    world.runFor(SECOND);
                }
            } else {
                world.cluster.brokers().get(HOSTILE).cutAll();
                world.runFor(SECOND / 10);
            }
        }

        /** Who is not known yet has a smaller limit than a broker that was. */
        private List<HostileReply> hostile(ApiKeys key, byte[] reply) {
            List<HostileReply> all = new ArrayList<>(HostileReply.of(reply));
            boolean isFlexible = key.responseHeaderVersion((short) ambush.struckVersion()) > 0;
            for (short error : ERRORS) {
                byte[] refused = reply.clone();
                ByteBuffer.wrap(refused).putShort(CORRELATED_BYTES + (isFlexible ? 1 : 0), error);
                all.add(new HostileReply("the error " + error, refused, true));
            }
            for (int size : new int[] {STRANGERS_BYTES, STRANGERS_BYTES + 1}) {
                byte[] larger = Arrays.copyOf(reply, Integer.BYTES + size);
                ByteBuffer.wrap(larger).putInt(0, size);
                all.add(new HostileReply(size + " bytes", larger, !renews && size > STRANGERS_BYTES));
            }
            return all;
        }

        private boolean deliver(int partition) {
            Message<byte[], byte[]> message = send(partition);
            runUntilDone(message, 40);
            return message.isDone() && message.failure() == null;
        }

        private Message<byte[], byte[]> send(int partition) {
            return producer.draft(("m" + ++messages).getBytes(StandardCharsets.US_ASCII))
                    .partition(partition)
                    .produce();
        }

        private void runUntilDone(Message<byte[], byte[]> message, int seconds) {
            for (int i = 0; i < 10 * seconds && !message.isDone(); i++) {
                world.runFor(SECOND / 10);
            }
        }
    }
}
