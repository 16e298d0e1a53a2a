package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tubepost.bench.server.AckServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C library's driver, where it can be built; elsewhere, that it is said what is missing. */
final class LibrdkafkaIT {

    private static final int PARTITIONS = 6;
    private static final int MESSAGES = 6_000;

    @TempDir
    Path directory;

    @Test
    void warmsUpByTimeAsTheOtherClientsDoAndTakesOnePartitionAfterTheOther() throws Exception {
        assumeTrue(Librdkafka.build(directory), "librdkafka cannot be built here");
        try (AckServer server = AckServer.start(0, 1, PARTITIONS, true)) {
            // Ten minutes, which the bytes end after five rounds; then two that count.
            String said = run(
                    server,
                    "--warm-ups 1 --warm-up-seconds 1 --warm-up-limit-seconds 600 --warm-up-bytes 3000000 --rounds 2");

            assertThat(said)
                    .contains("\"partitioner\":\"next_partition\"", "\"message.max.bytes\":\"1048576\"")
                    .contains("\"acknowledged\":" + 7 * MESSAGES + ",\"failed\":0}");
            assertThat(server.totals().records()).isEqualTo(7 * MESSAGES);
            assertThat(server.totals().refused()).isZero();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertThat(nextOffset(server, partition)).isEqualTo(7 * MESSAGES / PARTITIONS);
            }
        }
    }

    private String run(AckServer server, String options) throws Exception {
        String command = directory.resolve("librdkafka-load") + " --bootstrap " + server.bootstrapServers()
                + " --messages " + MESSAGES + " " + options;
        Process load =
                new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(load.waitFor()).as(said).isZero();
        return said;
    }

    private static long nextOffset(AckServer server, int partition) throws Exception {
        Map<String, Object> properties = Map.of("bootstrap.servers", server.bootstrapServers(), "linger.ms", 0);
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>("load", partition, null, new byte[1]))
                    .get(10, TimeUnit.SECONDS)
                    .offset();
        }
    }
}
