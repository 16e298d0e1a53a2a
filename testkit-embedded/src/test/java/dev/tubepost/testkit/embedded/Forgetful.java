package dev.tubepost.testkit.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Confined to its test. A program that starts a cluster of processes, says which, and then ends or is killed without closing it. */
final class Forgetful {
    private final Process process;
    private final Path directory;
    private final List<ProcessHandle> brokers;

    private Forgetful(Process process, Path directory, List<ProcessHandle> brokers) {
        this.process = process;
        this.directory = directory;
        this.brokers = brokers;
    }

    public static void main(String[] args) throws Exception {
        var kafka = EmbeddedKafka.builder().processes(true).start();
        System.out.println(kafka.directory());
        System.out.println(kafka.processId(1));
        if (args[0].equals("wait")) {
            Thread.currentThread().join();
        }
        System.exit(0);
    }

    /** @param how "wait" to be killed, "exit" to end by itself */
    static Forgetful start(String how) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                Forgetful.class.getName(),
                how);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        var process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var reader = process.inputReader(StandardCharsets.UTF_8);
        var directory = Path.of(String.valueOf(reader.readLine()));
        List<ProcessHandle> brokers = new ArrayList<>();
        ProcessHandle.of(Long.parseLong(String.valueOf(reader.readLine()))).ifPresent(brokers::add);
        return new Forgetful(process, directory, brokers);
    }

    Process process() {
        return process;
    }

    Path directory() {
        return directory;
    }

    List<ProcessHandle> brokers() {
        return brokers;
    }

    void deleteDirectory() {
        DataDirectory.temporary(directory).close();
    }
}
