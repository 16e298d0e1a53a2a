package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class TrialTest {

    /** A client that goes on forever. */
    static final class Endless {
        public static void main(String[] args) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void aClientThatDoesNotEndIsEndedAndHasNoResult() throws Exception {
        Run run = Trial.of(command(Endless.class), new OneArrives(), Duration.ofMillis(500));
        assertThat(run.problem()).contains("it was ended");
    }

    private static List<String> command(Class<?> client) throws URISyntaxException {
        URI classes = client.getProtectionDomain().getCodeSource().getLocation().toURI();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(classes).toString(),
                client.getName());
    }

    /** A client that says of two messages that they were acknowledged. */
    static final class OfTwo {
        public static void main(String[] args) {
            System.out.println("SETTINGS {\"acks\":\"all\"}");
            System.out.println("RESULT {\"messages_per_second\":5,\"acknowledged\":2,\"failed\":0}");
        }
    }

    @Test
    void aClientThatCountsOtherMessagesThanArrivedHasNoResult() throws Exception {
        Run run = Trial.of(command(OfTwo.class), new OneArrives());
        assertThat(run.problem()).contains("2.0 messages were acknowledged, and 1.0 arrived");
        assertThat(run.metrics()).isEmpty();
        assertThat(run.settings()).containsEntry("acks", "all");
    }

    /** A client that says when its one message was acknowledged, and what else it knows. */
    static final class First {
        public static void main(String[] args) {
            System.out.println("ACKNOWLEDGED true");
            System.out.println("RESULT {\"classes_loaded\":7,\"acknowledged\":1,\"failed\":0}");
        }
    }

    @Test
    void onlyTheTimeIsTakenFromOutside() throws Exception {
        Run run = Trial.of(command(First.class), new OneArrives());
        assertThat(run.problem()).isNull();
        assertThat(run.metrics()).containsOnlyKeys("first_acknowledgement_ms", "classes_loaded");
    }

    /** One message arrives, whoever sends. */
    private record OneArrives() implements Served {

        @Override
        public String bootstrapServers() {
            return "";
        }

        @Override
        public String topic() {
            return "";
        }

        @Override
        public Map<String, Double> arrived() {
            return Map.of("records", 1.0);
        }

        @Override
        public void close() {}
    }
}
