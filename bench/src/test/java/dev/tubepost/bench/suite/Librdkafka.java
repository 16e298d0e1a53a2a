package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The C library's driver, built for a test where the library is installed. */
final class Librdkafka {

    private static final int NOT_INSTALLED = 3;

    private Librdkafka() {}

    /** Builds it into this directory; false: what is missing was said. */
    static boolean build(Path directory) throws IOException, InterruptedException {
        Process build = new ProcessBuilder("peers/librdkafka/build", directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = build.waitFor();
        assertThat(status).as(said).isIn(0, NOT_INSTALLED);
        if (status == NOT_INSTALLED) {
            assertThat(said).contains("librdkafka is not measured: it needs");
        }
        return status == 0;
    }
}
