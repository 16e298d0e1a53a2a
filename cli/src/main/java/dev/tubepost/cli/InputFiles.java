package dev.tubepost.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files read one after the other as one stream; {@code -} is standard input, as is no file at all. <em>Confined to the input thread.</em>
 *
 * <p>A file whose last line has no end is given one, so that it does not run into the next file's first line. Each file is opened only
 * when it is its turn: a named pipe may block there.
 */
final class InputFiles extends InputStream {

    private static final String STANDARD_INPUT = "-";
    /** What standard input comes from, where the system has it. */
    private static final Path STANDARD_INPUT_FILE = Path.of("/dev/stdin");

    private static final long UNKNOWN = -1;

    private final ArrayDeque<String> left;
    private final @Nullable InputStream standardInput;
    private @Nullable InputStream current;
    private String currentName = "";
    /** Standard input is not ours to close. */
    private boolean ownsCurrent;

    private int lastByte = '\n';

    private InputFiles(List<String> names, @Nullable InputStream standardInput) {
        this.left = new ArrayDeque<>(names.isEmpty() ? List.of(STANDARD_INPUT) : names);
        this.standardInput = standardInput;
    }

    /**
     * Checks that all files are there.
     *
     * @param standardInput null: there is none
     * @throws UsageException if one is not
     */
    static InputFiles of(List<String> names, @Nullable InputStream standardInput) {
        InputFiles files = new InputFiles(names, standardInput);
        for (String name : files.left) {
            if (name.equals(STANDARD_INPUT)) {
                if (standardInput == null) {
                    throw new UsageException("standard input is closed: give a FILE, or /dev/null for nothing");
                }
                continue;
            }
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new UsageException(name + " is a directory");
            }
            if (!Files.isReadable(path)) {
                throw new UsageException(name + (Files.exists(path) ? " cannot be read" : " does not exist"));
            }
        }
        return files;
    }

    /**
     * Checks that a file which is about to be emptied is none of those that are read, by whatever name or link; one that is not there yet
     * is none.
     *
     * @param option the option that names it, for the message
     * @throws UsageException if it is
     */
    static void checkApart(List<String> names, String option, Path output) {
        for (String name : names.isEmpty() ? List.of(STANDARD_INPUT) : names) {
            if (!name.equals(STANDARD_INPUT)) {
                checkApart(Path.of(name), option, output);
            } else if (Files.isRegularFile(output) && isSame(STANDARD_INPUT_FILE, output)) {
                throw alsoRead(option, output, "standard input");
            }
        }
    }

    /** The same for one file. */
    static void checkApart(Path input, String option, Path output) {
        if (isSame(input, output)) {
            throw alsoRead(option, output, input.toString());
        }
    }

    private static UsageException alsoRead(String option, Path output, String input) {
        return new UsageException(
                option + " " + output + ": is also read, as " + input + ", and would be emptied before");
    }

    private static boolean isSame(Path input, Path output) {
        try {
            return Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output);
        } catch (IOException e) {
            return false; // one of them went away just now
        }
    }

    /** The size of all files together, or -1 if that is not known. */
    static long totalBytes(List<String> names) {
        long total = 0;
        for (String name : names) {
            if (name.equals(STANDARD_INPUT) || !Files.isRegularFile(Path.of(name))) {
                return UNKNOWN;
            }
            try {
                total += Files.size(Path.of(name));
            } catch (IOException e) { // that it went away is told when it is its turn
                return UNKNOWN;
            }
        }
        return names.isEmpty() ? UNKNOWN : total;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            if (current == null && !openNext()) {
                return -1;
            }
            int got = current == null ? -1 : readCurrent(current, bytes, offset, length);
            if (got > 0) {
                lastByte = bytes[offset + got - 1];
                return got;
            }
            closeCurrent();
            if (lastByte != '\n' && !left.isEmpty()) {
                lastByte = '\n';
                bytes[offset] = '\n';
                return 1;
            }
        }
    }

    /** The system's messages do not say which file it is. */
    private int readCurrent(InputStream in, byte[] bytes, int offset, int length) throws IOException {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException e) {
            throw new IOException(currentName + ": " + e.getMessage(), e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private boolean openNext() throws IOException {
        String name = left.poll();
        if (name == null) {
            return false;
        }
        ownsCurrent = !name.equals(STANDARD_INPUT);
        currentName = ownsCurrent ? name : "standard input";
        current = ownsCurrent ? new FileInputStream(name) : standardInput;
        return true;
    }

    private void closeCurrent() throws IOException {
        if (current != null && ownsCurrent) {
            current.close();
        }
        current = null;
    }

    @Override
    public void close() throws IOException {
        closeCurrent();
    }
}
