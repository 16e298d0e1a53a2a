package dev.tubepost.bench.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The acknowledge-only server as a child: the same java, the same class path. It ends with us. */
public final class AckServerProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final BufferedReader output;
    private final String bootstrapServers;

    private AckServerProcess(Process process) throws IOException {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        String first = output.readLine();
        if (first == null || !first.startsWith("bootstrap=")) {
            process.destroyForcibly();
            throw new IOException("the server did not start, it said: " + first);
        }
        this.bootstrapServers = first.substring("bootstrap=".length());
    }

    /** Starts one; the parameters are those of {@link AckServer#start}. */
    public static AckServerProcess start(int brokers, int partitions, boolean verify) throws IOException {
        return start(brokers, partitions, verify, 0, null);
    }

    /** Starts one; the parameters are those of {@link AckServer#start}. */
    public static AckServerProcess start(
            int brokers, int partitions, boolean verify, int slowMillis, @Nullable Path keyStore) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AckServerMain.class.getName(),
                "--partitions",
                Integer.toString(partitions),
                "--brokers",
                Integer.toString(brokers),
                "--slow-ms",
                Integer.toString(slowMillis)));
        if (verify) {
            command.add("--verify");
        }
        if (keyStore != null) {
            command.addAll(List.of("--tls", keyStore.toString()));
        }
        return new AckServerProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Where clients start. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the server and gives its {@link Totals#line() totals}. */
    public Map<String, Long> stop() throws IOException {
        process.getOutputStream().close();
        String line = output.readLine();
        Map<String, Long> totals = new HashMap<>();
        for (String pair : line == null ? new String[0] : line.split(" ")) {
            int equals = pair.indexOf('=');
            totals.put(pair.substring(0, equals), Long.valueOf(pair.substring(equals + 1)));
        }
        return totals;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
