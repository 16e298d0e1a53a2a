package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The latency loop, just so long that one sees it work. */
final class LatencyLoopTest {

    @ParameterizedTest
    @ValueSource(strings = {"callback", "handle"})
    void startsAServerWhereThereIsNoneAndEveryMessageArrives(String observer) throws Exception {
        assertThat(run("--warm-ups 0 --seconds 1 --rate 500 --linger-ms 0 --observe " + observer))
                .contains("SETTINGS {", "RESULT {\"messages_per_second\":", "\"latency_p99_us\":")
                .contains("\"acknowledged\":500,\"failed\":0}");
    }

    @Test
    void sendsNoMoreToWarmUpThanItMay() throws Exception {
        // A second of warming up is 20,000 messages.
        assertThat(run("--warm-ups 0 --warm-up-seconds 60 --warm-up-bytes 2000000 --size 100 --seconds 1 --rate 500"))
                .contains("\"acknowledged\":20500,");
    }

    private static String run(String options) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            LatencyLoop.run(ClientOptions.parse(ClientOptions.Task.LATENCY, List.of(options.split(" "))), out);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
