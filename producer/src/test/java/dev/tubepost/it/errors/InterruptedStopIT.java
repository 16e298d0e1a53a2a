package dev.tubepost.it.errors;

import static dev.tubepost.it.Interruption.interrupted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerOptions;
import dev.tubepost.ProducerSession;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.StopResult;
import dev.tubepost.UndeliveredException;
import dev.tubepost.it.Eventually;
import dev.tubepost.serialize.Serializers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is interrupted in a stop has no more time: what is left fails at once, and says so. Nobody can be reached here. */
final class InterruptedStopIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Cluster cluster = Cluster.connect("localhost:1");
    private final ProducerOptions options =
            ProducerOptions.builder().pendingTimeout(Duration.ofMillis(200)).build();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aStopOrFlushThrowsAndKeepsTheFlag() throws Exception {
        Producer<String, String> producer = cluster.topic("nowhere").producer(options, Serializers.utf8());
        Message<String, String> message = producer.produce("value");
        assertThat(interrupted(() -> producer.flush(LONG))).isInstanceOf(ProducerInterruptedException.class);
        assertThat(interrupted(() -> producer.stop(LONG))).isInstanceOf(ProducerInterruptedException.class);
        assertFailed(message);
        assertThatThrownBy(() -> producer.produce("never")).isInstanceOf(ProducerStoppedException.class);
        assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
    }

    @Test
    void aStopOfOneProducerOfASessionDoes() throws Exception {
        ProducerSession session = cluster.session(options);
        Producer<String, String> producer = session.producer(cluster.topic("nowhere"), Serializers.utf8());
        Message<String, String> message = producer.produce("value");
        assertThat(interrupted(() -> producer.stop(LONG))).isInstanceOf(ProducerInterruptedException.class);
        assertFailed(message);
        assertThatThrownBy(session::close).isInstanceOf(UndeliveredException.class);
    }

    @Test
    void aCloseBehindAStopWithoutEndEndsBoth() throws Exception {
        Producer<String, String> producer = cluster.topic("nowhere").producer(options, Serializers.utf8());
        Message<String, String> message = producer.produce("value");
        var stop = new FutureTask<>(() -> producer.stop(ProducerOptions.FOREVER));
        var stopper = new Thread(stop, "stopper");
        stopper.start();
        Eventually.waits(stopper);
        assertThat(interrupted(() -> cluster.close())).isInstanceOf(UndeliveredException.class);
        assertThat(stop.get(10, TimeUnit.SECONDS))
                .extracting(StopResult::notWritten)
                .isEqualTo(1L);
        assertThat(message.delivered()).isCompletedExceptionally();
        assertThatThrownBy(() -> producer.produce("never")).hasMessageContaining("is closed");
    }

    private static void assertFailed(Message<String, String> message) {
        assertThat(message.delivered())
                .failsWithin(LONG)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("interrupted") // and not that the time was over
                .withMessageNotContaining("raise");
    }
}
