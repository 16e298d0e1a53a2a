package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.internal.client.ClusterClient;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.internal.env.Step;
import dev.tubepost.testkit.broker.ModelPartition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is thrown in the midst of an owner's work ends that part of it, and nothing is forgotten for it (design promise 5, F76). */
final class OwnerErrorTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final QuietWorld world = new QuietWorld(2, 1);
    private final ModelPartition partition = world.topic.partitions().get(0);
    private final FaultyEnv env = new FaultyEnv(world.env);
    private final ClusterClient client = ClusterClient.connect(
            ClusterOptions.builder(world.cluster.bootstrapServers()).build(), env);
    private final Producer<byte[], byte[]> producer = client.topic("topic")
            .producer(ProducerOptions.durable()
                    .deliveryTimeout(Duration.ofSeconds(20))
                    .build());

    @Test
    void aQueueIsKnownToItsNextOwnerThoughThatMetAnError() {
        produce();
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        env.failIn("onAdopted");
        world.cluster.move(partition, 1);
        Message<byte[], byte[]> message = produce();
        world.runFor(10 * SECOND);
        assertThat(env.thrown).isTrue();
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
        assertThat(world.env.faults()).hasSize(1);
    }

    @Test
    void aStopEndsEverythingThoughAnOwnerMetAnError() {
        produce();
        assertThat(producer.flush(Duration.ofSeconds(5))).isTrue();
        world.cluster.brokers().forEach(broker -> broker.stop());
        Message<byte[], byte[]> message = produce();
        env.failIn("abortNow");
        producer.stop(Duration.ofSeconds(1));
        assertThat(env.thrown).isTrue();
        assertThat(message.isDone()).isTrue();
        assertThat(world.env.faults()).hasSize(1);
    }

    @Test
    void aTopicIsProducedToThoughAnErrorWasMetWhenItBecameKnown() {
        env.failIn("newWorker");
        Message<byte[], byte[]> message = produce();
        world.runFor(10 * SECOND);
        assertThat(env.thrown).isTrue();
        assertThat(message.isDone()).isTrue();
        assertThat(message.failure()).isNull();
    }

    private Message<byte[], byte[]> produce() {
        return producer.produce(new byte[] {1});
    }

    /** Throws once, in a method of the owner's. */
    private static final class FaultyEnv implements Env {
        private final Env real;
        private String method = "";
        private boolean thrown;

        FaultyEnv(Env real) {
            this.real = real;
        }

        void failIn(String name) {
            method = name;
        }

        private void failIfDue() {
            if (!method.isEmpty() && StackWalker.getInstance().walk(all -> all.anyMatch(this::isDue))) {
                method = "";
                thrown = true;
                throw new OutOfMemoryError("as a test wants it");
            }
        }

        private boolean isDue(StackWalker.StackFrame frame) {
            return frame.getMethodName().equals(method);
        }

        @Override
        public long nanos() {
            failIfDue();
            return real.nanos();
        }

        @Override
        public void step(Step point) {
            failIfDue();
            real.step(point);
        }

        @Override
        public long millis() {
            return real.millis();
        }

        @Override
        public RandomGenerator random() {
            return real.random();
        }

        @Override
        public Actor actor(String name) {
            return real.actor(name);
        }

        @Override
        public boolean await(CompletableFuture<?> completion, long nanos) throws InterruptedException {
            return real.await(completion, nanos);
        }

        @Override
        public Mailbox reports(String name) {
            return real.reports(name);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
