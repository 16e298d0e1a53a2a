package dev.tubepost.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command's entry: picks the subcommand, and ends the process with its exit code. <em>Confined to the main thread.</em> */
@Command(
        name = "tubepost",
        mixinStandardHelpOptions = true,
        description = "Sends messages to Kafka, and tells what became of each of them.",
        subcommands = {ProduceCommand.class, TopicsCommand.class, Main.Completion.class},
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

    /** What the JVM makes of an argument's bytes that the locale's encoding does not have. A key delimiter of it would split nothing. */
    private static final char NO_CHARACTER = '\uFFFD';

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs the command with these arguments, and gives the exit code. */
    static int run(Console console, String... arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].indexOf(NO_CHARACTER) >= 0) { // which may be a secret, and is not repeated
                console.problem("argument " + (i + 1) + " " + unreadable(System.getProperty("sun.jnu.encoding")));
                return ExitCode.USAGE.code();
            }
        }
        CommandLine line = new CommandLine(new Main(), new Commands(console));
        line.setExpandAtFiles(false); // a delimiter, a marker or a file's name may begin with @
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        line.setExecutionExceptionHandler((failure, command, parsed) -> Failures.exitCode(failure, console));
        try {
            return line.execute(arguments);
        } catch (Error e) { // the parser lets it through, and then the threads that are left may keep the process up
            return Failures.unexpected(e, console);
        }
    }

    /** @param encoding of the locale */
    static String unreadable(String encoding) {
        return encoding.equals("UTF-8")
                ? "is not UTF-8, or has U+FFFD"
                : "is no text in the encoding of this locale, " + encoding
                        + ": set LC_ALL to one that has its characters, as C.UTF-8";
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing command: produce or topics");
    }

    /** Makes the subcommands, which need the console. */
    private record Commands(Console console) implements CommandLine.IFactory {

        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (type == ProduceCommand.class) {
                return type.cast(new ProduceCommand(console));
            }
            if (type == TopicsCommand.class) {
                return type.cast(new TopicsCommand(console));
            }
            if (type == Completion.class) {
                return type.cast(new Completion(console));
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /** Writes the script that makes a shell complete this command. */
    @Command(name = "completion", description = "Prints a script for bash and zsh: source <(tubepost completion)")
    static final class Completion implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        private final Console console;

        Completion(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (!console.result(AutoComplete.bash("tubepost", spec.root().commandLine()))) {
                console.problem("the script could not be written to standard output");
                return ExitCode.SOME_FAILED.code();
            }
            return ExitCode.OK.code();
        }
    }
}
