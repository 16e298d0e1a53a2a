package dev.tubepost.cluster;

import dev.tubepost.ClusterOptions;
import dev.tubepost.ProducerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Load} in a process of its own, which can be frozen as a whole. <em>Confined to one thread.</em>
 *
 * <p>The process does what it reads, a line each, and answers each with a line: {@code more N}, {@code finish FILE}.
 */
final class LoadProcess implements AutoCloseable {

    private static final long SECONDS = 20;

    private final Process process;
    private final BufferedReader answers;
    private final Path history;

    private LoadProcess(Process process, Path history) {
        this.process = process;
        this.history = history;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts it.
     *
     * @param directory for what it leaves: its history, its errors
     */
    static LoadProcess start(String bootstrapServers, String topic, int partitions, Duration timeout, Path directory)
            throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(
                        java.toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadProcess.class.getName(),
                        bootstrapServers,
                        topic,
                        Integer.toString(partitions),
                        timeout.toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        return new LoadProcess(process, directory.resolve("history"));
    }

    /** {@link Load#awaitMore}, there. */
    void awaitMore(int messages) throws IOException {
        ask("more " + messages);
    }

    /** Nothing of it runs any more (SIGSTOP). */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** It goes on as if no time had passed (SIGCONT). */
    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** {@link Load#finish}, there. */
    Collection<Sent> finish() throws IOException {
        ask("finish " + history);
        List<Sent> sent = new ArrayList<>();
        for (String line : Files.readAllLines(history)) {
            sent.add(Sent.parse(line));
        }
        return sent;
    }

    private void ask(String what) throws IOException {
        var asks = process.outputWriter(StandardCharsets.UTF_8);
        asks.write(what + "\n");
        asks.flush();
        String answer = answers.readLine();
        if (!"done".equals(answer)) {
            throw new IOException(what + " was answered with " + answer);
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        if (!kill.waitFor(SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill " + signal + " did not work");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    // ---- in the process ----

    public static void main(String[] args) throws Exception {
        Duration timeout = Duration.parse(args[3]);
        ClusterOptions cluster = ClusterOptions.builder(args[0])
                .requestTimeout(timeout.dividedBy(2))
                .build();
        ProducerOptions options = ProducerOptions.durable()
                .deliveryTimeout(timeout)
                .ackTimeout(timeout.dividedBy(4))
                .batchBytes(4_096)
                .build();
        try (Load load = Load.start(new TubepostClient(cluster, args[1], options), Integer.parseInt(args[2]));
                var asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            asked.lines().forEach(line -> {
                answer(load, line);
                System.out.println("done");
            });
        }
    }

    private static void answer(Load load, String line) {
        String[] words = line.split(" ", 2);
        if (words[0].equals("more")) {
            load.awaitMore(Integer.parseInt(words[1]));
            return;
        }
        try {
            Files.write(
                    Path.of(words[1]), load.finish().stream().map(Sent::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
