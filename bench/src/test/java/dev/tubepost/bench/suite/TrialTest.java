package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

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
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of(Endless.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                Endless.class.getName());
        Run run = Trial.of(command, new Nowhere(), Duration.ofMillis(500));
        assertThat(run.problem()).contains("it was ended");
    }

    /** Nothing arrives. */
    private record Nowhere() implements Served {

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
            return Map.of();
        }

        @Override
        public void close() {}
    }
}
