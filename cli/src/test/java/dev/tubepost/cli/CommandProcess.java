package dev.tubepost.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The command in a process of its own, as the launcher starts it. <em>Confined to one thread.</em> Ended with the test at the latest. */
final class CommandProcess implements AutoCloseable {

    private static final String TARGET = System.getProperty("tubepost.test.target", "target");

    private final Process process;
    private final Path out;
    private final Path err;

    /** How a process ended. */
    record Result(int exit, String out, String err) {

        /** The receipt of a run with {@code --json}. */
        String lastLine() {
            return out.substring(out.stripTrailing().lastIndexOf('\n') + 1).strip();
        }
    }

    private CommandProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Says what to run. */
    static final class Builder {

        private final Path directory;
        private final List<String> javaOptions = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xshare:auto"));
        private @Nullable Path input;
        private @Nullable String servers;
        private boolean fullOutput;
        private boolean closedInput;
        private final Map<String, String> environment = new HashMap<>();

        /** A process that writes what it says into this directory. */
        Builder(Path directory) {
            this.directory = directory;
        }

        Builder java(String... options) {
            javaOptions.addAll(Arrays.asList(options));
            return this;
        }

        /** Standard input; without it: a pipe. */
        Builder input(String text) {
            try {
                input = Files.writeString(Files.createTempFile(directory, "in", ".txt"), text);
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Standard input from this file. */
        Builder input(Path file) {
            input = file;
            return this;
        }

        /** The environment's {@code KAFKA_BOOTSTRAP_SERVERS}. */
        Builder environmentServers(String value) {
            servers = value;
            return this;
        }

        /** No standard input at all. */
        Builder closedInput() {
            closedInput = true;
            return this;
        }

        /** Standard output on a disk without room. */
        Builder fullOutput() {
            fullOutput = true;
            return this;
        }

        /** Another variable of the environment. */
        Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        CommandProcess start(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(unignoredInterrupt());
            if (closedInput) {
                command.addAll(List.of("sh", "-c", "exec \"$0\" \"$@\" <&-"));
            }
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            if (Runtime.version().feature() >= 24) { // as the script does
                command.add("--enable-native-access=ALL-UNNAMED");
                command.add("--sun-misc-unsafe-memory-access=allow");
            }
            command.addAll(javaOptions);
            if (closedInput) { // the script tells that, too
                command.add("-Dtubepost.stdin=closed");
            }
            command.add("-Dtubepost.embedded.lib=" + TARGET + "/embedded-lib");
            command.add("-cp");
            command.add(System.getProperty("tubepost.test.jar") + ":" + TARGET + "/lib/*");
            command.add("dev.tubepost.cli.Main");
            command.addAll(Arrays.asList(arguments));
            Path out = Files.createTempFile(directory, "out", ".txt");
            Path err = Files.createTempFile(directory, "err", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(fullOutput ? new File("/dev/full") : out.toFile())
                    .redirectError(err.toFile());
            if (input != null) {
                builder.redirectInput(input.toFile());
            }
            builder.environment().remove("KAFKA_BOOTSTRAP_SERVERS");
            if (servers != null) {
                builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", servers);
            }
            builder.environment().putAll(environment);
            return new CommandProcess(builder.start(), out, err);
        }

        Result run(String... arguments) throws Exception {
            try (CommandProcess process = start(arguments)) {
                process.standardInput().close();
                return process.await();
            }
        }

        /**
         * Who is started by a shell in the background ignores interrupts, and so would its children: that is undone, where the system's
         * {@code env} can.
         */
        private static List<String> unignoredInterrupt() {
            List<String> env = List.of("env", "--default-signal=INT,TERM");
            try {
                List<String> trial = new ArrayList<>(env);
                trial.add("true");
                Process process = new ProcessBuilder(trial).start();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? env : List.of();
            } catch (IOException e) {
                return List.of();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    OutputStream standardInput() {
        return process.getOutputStream();
    }

    /** What it said so far for people. */
    String err() throws IOException {
        return Files.readString(err);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Presses Ctrl-C. */
    void interrupt() throws Exception {
        signal("-INT");
    }

    /** Asks it to end, as a supervisor does. */
    void terminate() throws Exception {
        signal("-TERM");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
        if (kill.waitFor() != 0) {
            try (InputStream text = kill.getErrorStream()) {
                throw new IllegalStateException(new String(text.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** Waits until something is so, while the process runs. */
    void await(Callable<Boolean> condition) throws Exception {
        long giveUpNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.call()) {
            if (System.nanoTime() > giveUpNanos || process.waitFor(20, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("It did not come to that; the process said: " + err());
            }
        }
    }

    /** Waits for its end. */
    Result await() throws Exception {
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The process did not end; it said: " + err());
        }
        return new Result(process.exitValue(), Files.readString(out), err());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
