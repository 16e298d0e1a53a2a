package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.broker.Hostility;
import dev.tubepost.testkit.broker.Logins;
import dev.tubepost.testkit.broker.ModelBroker;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Brokers that refuse us are asked seldom, so that no account is locked, and let us in when they want to (F97). */
final class RefusedLoginTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int CORRELATED_BYTES = 8;
    private static final int SECONDS = 300;

    /** Who asks for metadata, and the link to each of the two brokers. */
    private static final int ASKERS = 3;

    /** {@link QuietWorld} has pauses of 300 ms, so ten times as much once we are refused; chance makes them a fifth shorter at the most. */
    private static final double LEAST_PAUSE_SECONDS = 2.4;

    private final Guard guard = new Guard();
    private int count;
    private final QuietWorld world = new QuietWorld(2, 2, new Logins("alice", "password", 0));
    private final Producer<byte[], byte[]> producer = world.client
            .topic("topic")
            .producer(ProducerOptions.builder().linger(Duration.ZERO).build());

    /** Refuses everybody while it is told to, and counts. <em>Confined to the run's thread.</em> */
    private static final class Guard implements Hostility {

        private boolean refuses;
        private int refused;

        @Override
        public byte @Nullable [] instead(ModelBroker broker, ApiKeys key, short version, byte[] reply) {
            if (!refuses || key != ApiKeys.SASL_AUTHENTICATE) {
                return null;
            }
            refused++;
            int header = CORRELATED_BYTES + (key.responseHeaderVersion(version) > 0 ? 1 : 0);
            var refusal = reply.clone();
            ByteBuffer.wrap(refusal).putShort(header, Errors.SASL_AUTHENTICATION_FAILED.code());
            return refusal;
        }
    }

    @Test
    void whoIsRefusedAsksSeldomAndIsLetInAgain() {
        world.cluster.hostility(guard);
        assertThat(sent(0).failure()).isNull();

        guard.refuses = true;
        world.cluster.brokers().forEach(ModelBroker::cutAll);
        List<Message<byte[], byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < SECONDS; i++) {
            messages.add(sent(i % 2));
        }
        world.runFor(10 * SECOND);
        assertThat(messages)
                .allMatch(Message::isDone)
                .extracting(Message::failure)
                .hasOnlyElementsOfType(AuthenticationFailedException.class);
        assertThat(guard.refused).isGreaterThan(ASKERS).isLessThan((int)
                (ASKERS * (SECONDS / LEAST_PAUSE_SECONDS + 10)));

        guard.refuses = false;
        world.runFor(10 * SECOND);
        assertThat(sent(1).failure()).isNull();
        assertThat(world.cluster.violations()).isEmpty();
    }

    /** A second later. */
    private Message<byte[], byte[]> sent(int partition) {
        Message<byte[], byte[]> message = producer.draft(("m" + ++count).getBytes(StandardCharsets.US_ASCII))
                .partition(partition)
                .produce();
        world.runFor(SECOND);
        return message;
    }
}
