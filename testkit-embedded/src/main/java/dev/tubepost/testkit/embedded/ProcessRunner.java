package dev.tubepost.testkit.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Guarded by the lock of its {@link Node}. Runs a node as a process of the same Java, with its output in a file. */
final class ProcessRunner implements NodeRunner {
    /** How long a signal may take to show its effect; a killed process is gone in milliseconds unless the machine is stuck. */
    private static final Duration SIGNAL = Duration.ofSeconds(10);

    /** Little memory and a quick start; the options of the user come later on the command line and win. */
    private static final List<String> DEFAULT_OPTIONS =
            List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true");

    private static final int LOG_LINES_SHOWN = 30;

    private final String name;
    private final Path propertiesFile;
    private final Path readyFile;
    private final Path logFile;
    private final String classPath;
    private final List<String> javaOptions;
    private volatile @Nullable Process process;
    private boolean paused;

    ProcessRunner(String name, Path directory, String classPath, List<String> javaOptions) {
        this.name = name;
        this.propertiesFile = directory.resolve(name + ".properties");
        this.readyFile = directory.resolve(name + ".ready");
        this.logFile = directory.resolve(name + ".log");
        this.classPath = classPath;
        this.javaOptions = List.copyOf(javaOptions);
    }

    @Override
    public void start(Properties properties, Deadline deadline) throws IOException {
        Files.deleteIfExists(readyFile);
        try (var writer = Files.newBufferedWriter(propertiesFile)) {
            properties.store(writer, name);
        }
        var started = command().start();
        process = started;
        paused = false;
        try {
            deadline.await(
                    () -> Files.exists(readyFile) || !started.isAlive(),
                    () -> name + " (process " + started.pid() + ") does not serve requests yet. " + endOfLog());
        } catch (EmbeddedKafkaException e) {
            kill();
            throw e;
        }
        if (!started.isAlive()) {
            process = null;
            throw new EmbeddedKafkaException(
                    name + " ended with exit code " + started.exitValue() + " while starting. " + endOfLog());
        }
    }

    private ProcessBuilder command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(DEFAULT_OPTIONS);
        command.addAll(javaOptions);
        command.add(BrokerProcess.class.getName());
        command.add(propertiesFile.toString());
        command.add(readyFile.toString());
        var builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", classPath);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
        return builder;
    }

    @Override
    public void stop(Deadline deadline) throws Exception {
        var running = process;
        if (running == null || !running.isAlive()) {
            process = null;
            return;
        }
        if (paused) {
            resume(); // a paused process reads no request to stop
        }
        try (var toChild = running.getOutputStream()) {
            toChild.write(BrokerProcess.STOP);
            toChild.flush();
            if (!running.waitFor(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new EmbeddedKafkaException(
                        name + " did not stop within " + deadline.allowed() + " and was killed. " + endOfLog());
            }
        } finally {
            kill();
        }
    }

    @Override
    public void kill() {
        var running = process;
        process = null;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        Deadline.in(SIGNAL)
                .await(() -> !running.isAlive(), () -> name + " (process " + running.pid() + ") survived SIGKILL");
    }

    @Override
    public void pause() {
        signal("-STOP");
        paused = true;
    }

    @Override
    public void resume() {
        signal("-CONT");
        paused = false;
    }

    private void signal(String signal) {
        var running = process;
        if (running == null || !running.isAlive()) {
            throw new EmbeddedKafkaException(name + " is not running; kill " + signal + " has no process to go to");
        }
        try {
            var kill = new ProcessBuilder("kill", signal, Long.toString(running.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(SIGNAL.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw new EmbeddedKafkaException("kill " + signal + " " + running.pid() + " failed for " + name);
            }
        } catch (IOException e) {
            throw new EmbeddedKafkaException("pause and resume need the command kill, which could not be run", e);
        } catch (InterruptedException e) {
            throw Deadline.interrupted(e);
        }
    }

    @Override
    public boolean isRunning() {
        var current = process;
        return current != null && current.isAlive();
    }

    @Override
    public void discard(Deadline deadline) {
        kill();
    }

    @Override
    public void abandon() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    long pid() {
        var running = process;
        if (running == null) {
            throw new EmbeddedKafkaException(name + " is not running");
        }
        return running.pid();
    }

    Path logFile() {
        return logFile;
    }

    private String endOfLog() {
        try {
            var lines = Files.readAllLines(logFile);
            var from = Math.max(0, lines.size() - LOG_LINES_SHOWN);
            return "The end of its log " + logFile + ":\n" + String.join("\n", lines.subList(from, lines.size()));
        } catch (IOException e) {
            return "Its log " + logFile + " could not be read: " + e;
        }
    }
}
