package dev.tubepost.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import dev.tubepost.testkit.embedded.ReadMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Each example runs as a user runs it: in a Java of its own, on the module path. What it sent is read by Kafka's own consumer. */
@EmbeddedKafkaTest(shared = true)
final class ExamplesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void quickStart(EmbeddedKafka kafka) throws Exception {
        assertThat(run("QuickStart", kafka)).contains("1000 messages are in the log");
        assertThat(kafka.readAll("greetings", PATIENCE))
                .hasSize(1_000)
                .extracting(ReadMessage::valueText)
                .contains("hello 1", "hello 1000");
    }

    @Test
    void keys(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("users", 5);
        kafka.createTopic("orders", 5);
        run("Keys", kafka);
        List<ReadMessage> ada = kafka.readAll("users", PATIENCE).stream()
                .filter(message -> "ada".equals(message.keyText()))
                .toList();
        assertThat(ada)
                .hasSize(2)
                .extracting(ReadMessage::partition)
                .containsOnly(ada.get(0).partition());
        assertThat(kafka.readAll("orders", PATIENCE))
                .hasSize(4)
                .allMatch(message -> message.partition() == Objects.requireNonNull(message.key())[0] % 5);
    }

    @Test
    void reports(EmbeddedKafka kafka) throws Exception {
        assertThat(run("Reports", kafka)).contains("100 of 100 delivered");
    }

    @Test
    void synchronous(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("one-by-one", 1);
        assertThat(run("Synchronous", kafka)).contains("partition 0, offset 0");
    }

    @Test
    void tombstones(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("accounts", 1);
        run("Tombstones", kafka);
        List<ReadMessage> read = kafka.readAll("accounts", PATIENCE);
        assertThat(read).extracting(ReadMessage::keyText).containsExactly("ada", "barbara", "ada");
        assertThat(read).extracting(ReadMessage::valueText).containsExactly("active", "", null);
    }

    @Test
    void headers(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("events", 3);
        run("Headers", kafka);
        ReadMessage event = kafka.readAll("events", PATIENCE).get(0);
        assertThat(event.partition()).isZero();
        assertThat(event.timestamp())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        assertThat(event.headers()).hasSize(2);
    }

    @Test
    void manyTopics(EmbeddedKafka kafka) throws Exception {
        assertThat(run("ManyTopics", kafka)).contains("all acknowledged");
        assertThat(kafka.readAll("clicks", PATIENCE)).hasSize(2);
        assertThat(kafka.readAll("sales", PATIENCE)).hasSize(1);
    }

    @Test
    void reactive(EmbeddedKafka kafka) throws Exception {
        run("Reactive", kafka);
        assertThat(kafka.readAll("stream", PATIENCE)).hasSize(10_000);
    }

    @Test
    void whatWentWrong(EmbeddedKafka kafka) throws Exception {
        assertThat(run("WhatWentWrong", kafka))
                .contains("maxRequestSize")
                .contains("localhost:1")
                .contains("may be written: false");
    }

    private static String run(String example, EmbeddedKafka kafka) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx128m",
                        "-p",
                        System.getProperty("examples.modules"),
                        "-m",
                        "dev.tubepost.examples/dev.tubepost.examples." + example,
                        kafka.bootstrapServers())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
