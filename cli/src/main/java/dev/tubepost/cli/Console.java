package dev.tubepost.cli;

import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the command writes: data to {@code out}, words for people to {@code err}. <em>Immutable.</em>
 *
 * @param out standard output: the receipt or the listing, and nothing else
 * @param err standard error
 * @param quiet whether to leave out what is neither an error nor a warning
 * @param columns the terminal's width if {@code err} is a terminal, else 0
 */
record Console(PrintStream out, PrintStream err, boolean quiet, int columns) {

    /** The launcher tells whether standard error is a terminal: the JVM cannot. */
    private static final String COLUMNS_PROPERTY = "tubepost.columns";

    /** The launcher tells this, too: in a JVM that is started without it, its number is that of one of Java's own files. */
    private static final String STDIN_PROPERTY = "tubepost.stdin";

    /** Null if it is closed. */
    static @Nullable InputStream standardInput() {
        return "closed".equals(System.getProperty(STDIN_PROPERTY)) ? null : System.in;
    }

    static Console ofProcess() {
        return new Console(System.out, System.err, false, Integer.getInteger(COLUMNS_PROPERTY, 0));
    }

    Console quiet(boolean on) {
        return new Console(out, err, on, columns);
    }

    boolean showsProgress() {
        return columns > 0 && !quiet;
    }

    /** What the command was asked for; false if it could not be written, to a disk that is full or a pipe that nobody reads. */
    boolean result(String text) {
        out.println(text);
        return !out.checkError(); // which flushes, too
    }

    /** One line of what goes on. */
    void note(String line) {
        if (!quiet) {
            err.println("tubepost: " + line);
        }
    }

    /** One line of what went wrong; also when quiet. */
    void problem(String line) {
        err.println("tubepost: " + line);
    }
}
