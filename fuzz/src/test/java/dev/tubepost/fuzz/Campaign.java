package dev.tubepost.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fuzzes each target in a process of its own, one after the other. <em>Confined to the main thread.</em>
 *
 * <p>Arguments: a directory to work in, seconds for each target, executions of each target at most or -1, the fuzzer's main class, and targets; none for all.
 * What is found lies in {@code findings}; a copy in {@code src/test/resources/corpus/TARGET} is played by every build from then on.
 */
final class Campaign {

    /** Compares each name that is unknown with all that are known: if the fuzzer counted each step, it would do little else. */
    private static final String SLOW = "dev.tubepost.internal.config.NearestName";

    private Campaign() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path work = Path.of(args[0]);
        List<String> only = List.of(args).subList(4, args.length);
        for (Target target : Target.ALL) {
            if (only.isEmpty() || only.contains(target.name())) {
                fuzz(target, work, args[1], args[2], args[3]);
            }
        }
    }

    private static void fuzz(Target target, Path work, String seconds, String executions, String fuzzer)
            throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(work.resolve("corpus").resolve(target.name()));
        Path findings = Files.createDirectories(work.resolve("findings"));
        int number = 0;
        for (byte[] seed : target.seeds().get()) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                fuzzer,
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=dev.tubepost.**",
                "--instrumentation_excludes=" + SLOW,
                "--reproducer_path=" + findings,
                "-artifact_prefix=" + findings + "/" + target.name() + "-",
                "-max_total_time=" + seconds,
                "-runs=" + executions,
                "-max_len=4096",
                "-rss_limit_mb=1500",
                "-print_final_stats=1",
                corpus.toString()));
        int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(target + " ended with " + exit + "; see " + findings);
        }
    }
}
