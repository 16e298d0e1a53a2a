package dev.tubepost.it.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.Message;
import dev.tubepost.MetadataException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a user of {@code produce} is told when the address is wrong: which one, what answered there, and what to change (N8). */
final class DiagnosisIT {

    private static final byte[] VALUE = "value".getBytes(StandardCharsets.UTF_8);

    @Test
    void aPortOnWhichNobodyListens() throws Exception {
        String address = "127.0.0.1:" + ScriptedKafka.refusedPort();
        assertThat(failure(address)).hasMessageContaining(address).hasMessageContaining("refused");
    }

    @Test
    void aHostThatDoesNotExist() {
        assertThat(failure("no-such-host.invalid:9092"))
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("does not resolve");
    }

    @Test
    void anHttpServer() throws Exception {
        try (var server = new Answering("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII))) {
            assertThat(failure(server.address()))
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("HTTP");
        }
    }

    @Test
    void aTlsPort() throws Exception {
        try (var server = new Answering(new byte[] {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46})) {
            assertThat(failure(server.address()))
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("TLS");
        }
    }

    @Test
    void anSshServer() throws Exception {
        try (var server = new Answering("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII))) {
            assertThat(failure(server.address()))
                    .hasMessageContaining(server.address())
                    .hasMessageContaining("SSH");
        }
    }

    @Test
    void anAdvertisedAddressThatDoesNotResolve() {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .listener("OUTSIDE", "PLAINTEXT")
                .advertise(1, "OUTSIDE", "kafka.invalid:29092")
                .start()) {
            String bootstrap = "127.0.0.1:" + kafka.port(1, "OUTSIDE");
            DeliveryException failure = failure(bootstrap);
            assertThat(failure)
                    .hasMessageContaining("kafka.invalid:29092")
                    .hasMessageContaining(bootstrap)
                    .hasMessageContaining("does not resolve")
                    .hasMessageContaining("advertised.listeners");
            assertThat(failure.maybeWritten()).isFalse();
        }
    }

    @Test
    void whoAsksForPartitionsIsToldTheSame() throws Exception {
        String address = "127.0.0.1:" + ScriptedKafka.refusedPort();
        var options = ClusterOptions.builder(address)
                .requestTimeout(Duration.ofSeconds(1))
                .build();
        try (Cluster cluster = Cluster.connect(options)) {
            MetadataException partitions =
                    metadataFailure(cluster.topic("topic").partitions());
            assertThat(partitions.topic()).isEqualTo("topic");
            MetadataException update = metadataFailure(cluster.update());
            MetadataException topics = metadataFailure(cluster.topics());
            assertThat(List.of(partitions, update, topics)).allSatisfy(failure -> {
                assertThat(failure)
                        .hasMessageContaining(address)
                        .hasMessageContaining("refused")
                        .hasMessageContaining("within requestTimeout, 1000 ms")
                        .hasMessageContaining("raise requestTimeout");
                assertThat(failure.errorCode()).isZero();
                assertThat(failure.isRetriable()).isTrue();
            });
        }
    }

    private static MetadataException metadataFailure(CompletableFuture<?> answer) {
        Throwable thrown = catchThrowable(() -> answer.get(10, TimeUnit.SECONDS));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        assertThat(thrown.getCause()).isInstanceOf(MetadataException.class);
        return (MetadataException) thrown.getCause();
    }

    private static DeliveryException failure(String bootstrap) {
        ProducerOptions options = ProducerOptions.durable()
                .deliveryTimeout(Duration.ofSeconds(2))
                .pendingTimeout(Duration.ofSeconds(5))
                .build();
        try (Cluster cluster = Cluster.connect(bootstrap)) {
            Producer<byte[], byte[]> producer = cluster.topic("topic").producer(options);
            Message<byte[], byte[]> message = producer.produce(VALUE);
            assertThat(message.delivered()).failsWithin(Duration.ofSeconds(15));
            assertThatThrownBy(producer::close).isInstanceOf(UndeliveredException.class);
            return Objects.requireNonNull(message.failure());
        }
    }

    /** A server that says the same to everybody, as soon as it has heard something. */
    private static final class Answering implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final byte[] answer;

        Answering(byte[] answer) throws IOException {
            this.answer = answer;
            var thread = new Thread(this::serve, "answering");
            thread.setDaemon(true);
            thread.start();
        }

        String address() {
            return "127.0.0.1:" + server.getLocalPort();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket peer = server.accept()) {
                    int heard = peer.getInputStream().read(new byte[1_000]);
                    if (heard > 0) {
                        peer.getOutputStream().write(answer);
                    }
                } catch (IOException e) {
                    // The client hung up, or the test is over.
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
