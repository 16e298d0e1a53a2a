package dev.tubepost.bench.suite;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench/run}: runs scenarios, prints the ratios, writes a JSON file and an HTML report. */
@Command(
        name = "bench/run",
        description = "Runs the producer beside others: each in a JVM of its own, in turn, with the same settings.",
        mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {

    @Option(names = "--scenario", paramLabel = "NAME", description = "Only this one; may be repeated. Default: all.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Says which scenarios there are, and ends.")
    private boolean list;

    @Option(
            names = "--quick",
            description = "One pair each, in under three minutes on two idle cores: to see, not to quote.")
    private boolean quick;

    @Option(names = "--smoke", description = "One pair each of a few messages: to see that everything works.")
    private boolean smoke;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "How many pairs: how often each client has its turn, 1 or more. Default: 9 in the headline scenarios,"
                            + " 5 in the others.")
    private @Nullable Integer pairs;

    @Option(
            names = "--null",
            description = "Ours against ours: fails unless all medians of throughput and CPU are 0.95 to 1.05.")
    private boolean againstItself;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "Where the numbers go. Default: bench/target/bench.json. The report goes beside it, as .html.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Path home;
    private final String command;
    private final PrintStream out;
    private final PrintStream progress;

    /** The commit, told by the script. */
    private final String commit = System.getProperty("tubepost.commit", "unknown");

    private BenchMain(Path home, String command, PrintStream out, PrintStream progress) {
        this.home = home;
        this.command = command;
        this.out = out;
        this.progress = progress;
    }

    public static void main(String[] args) {
        // Who ends a run ends its clients and servers: some try to reach the other for hours.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
        Path home = Path.of(System.getProperty("tubepost.bench", "bench"));
        System.exit(run(List.of(args), home, System.out, System.err));
    }

    /**
     * Gives the exit code.
     *
     * @param home the module's directory
     * @param out for what was measured
     * @param progress for what is being done
     */
    static int run(List<String> arguments, Path home, PrintStream out, PrintStream progress) {
        String command = ("bench/run " + String.join(" ", arguments)).strip();
        return new CommandLine(new BenchMain(home, command, out, progress)).execute(arguments.toArray(String[]::new));
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            Scenarios.all().forEach(scenario -> out.printf("%-22s %s%n", scenario.name(), scenario.title()));
            return 0;
        }
        Rounds rounds = rounds();
        List<Scenario> scenarios = chosen();
        for (Path file : List.of(numbers(), report())) {
            checkWritable(file);
        }
        List<Comparison> comparisons = new ArrayList<>();
        try (var targets = new Targets(home.resolve("target").resolve("keys"), progress)) {
            var turns = new Pairs(targets, new ClientCommand(home.resolve("target")), rounds, progress);
            for (Scenario scenario : scenarios) {
                Comparison comparison = turns.run(againstItself ? scenario.againstItself() : scenario);
                comparisons.add(comparison);
                Table.printSettings(comparison, out);
                Table.print(List.of(comparison), progress);
                write(comparisons);
            }
        }
        Table.print(comparisons, out);
        out.println("numbers: " + numbers() + ", report: " + report());
        boolean hasProblem = comparisons.stream()
                .anyMatch(comparison -> !comparison.problems().isEmpty());
        return hasProblem || (againstItself && !isNull(comparisons)) ? 1 : 0;
    }

    /** Whether there are ratios, and none is far from 1. */
    private boolean isNull(List<Comparison> comparisons) {
        List<NullCheck> checks = NullCheck.of(comparisons);
        checks.forEach(check -> out.println("null check: " + check));
        return NullCheck.areAllPassed(checks);
    }

    private Rounds rounds() {
        Rounds rounds = smoke ? Rounds.SMOKE : quick ? Rounds.QUICK : Rounds.FULL;
        if (pairs != null && pairs < 1) {
            throw usage("--rounds " + pairs + ": must be 1 or more");
        }
        return pairs != null ? rounds.withPairs(pairs) : rounds;
    }

    private List<Scenario> chosen() {
        if (names.isEmpty()) {
            return Scenarios.all();
        }
        return names.stream()
                .map(name -> Scenarios.all().stream()
                        .filter(scenario -> scenario.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> usage("there is no scenario " + name + "; see bench/run --list")))
                .toList();
    }

    private CommandLine.ParameterException usage(String problem) {
        return new CommandLine.ParameterException(spec.commandLine(), problem);
    }

    /** Before hours of measuring. What is in the file stays there until there is something to write. */
    private void checkWritable(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw usage(file + ": cannot be written: " + e);
        }
    }

    /** After each scenario, so that a run that is cut short leaves what it has. */
    private void write(List<Comparison> comparisons) throws IOException {
        var result = new SuiteResult(
                Machine.description(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + " "
                        + String.join(" ", ClientCommand.FLAGS),
                commit,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                command,
                comparisons);
        try (Writer writer = Files.newBufferedWriter(numbers())) {
            JsonReport.write(result, writer);
        }
        Files.writeString(report(), HtmlReport.of(result));
    }

    private Path numbers() {
        return json == null ? home.resolve("target").resolve("bench.json") : json;
    }

    private Path report() {
        return numbers().resolveSibling(numbers().getFileName().toString().replaceFirst("\\.json$", "") + ".html");
    }
}
