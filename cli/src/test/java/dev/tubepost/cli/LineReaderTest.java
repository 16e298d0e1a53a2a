package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {

    private static final int MAX = 100;

    @Test
    void cutsAtNewlinesAndKeepsEveryOtherByte() throws IOException {
        assertThat(lines("a\nb\r\n\u0000\u00ff\n", 3)).containsExactly("a", "b\r", "\u0000\u00ff");
    }

    @Test
    void givesTheLastLineWithoutAnEnd() throws IOException {
        assertThat(lines("a\nb", 3)).containsExactly("a", "b");
    }

    @Test
    void givesEmptyLines() throws IOException {
        assertThat(lines("\n\na\n\n", 3)).containsExactly("", "", "a", "");
    }

    @Test
    void findsNothingInAnEmptyStream() throws IOException {
        assertThat(lines("", 3)).isEmpty();
    }

    @Test
    void givesTheSameLinesHoweverTheBytesArrive() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String line = "x".repeat(random.nextInt(MAX)) + i % 10;
            expected.add(line);
            text.append(line).append('\n');
        }
        for (int chunk : new int[] {1, 2, 7, 99, 100, 101, 4096, 1 << 20}) {
            assertThat(lines(text.toString(), chunk)).as("chunks of %d", chunk).isEqualTo(expected);
        }
    }

    @Test
    void growsForLongLinesUpToTheLimit() throws IOException {
        String line = "y".repeat(3_000_000);
        LineReader reader = new LineReader(in(line + "\nz", 1 << 16), line.length());
        assertThat(reader.next()).isTrue();
        assertThat(reader.length()).isEqualTo(line.length());
        assertThat(reader.isTruncated()).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(text(reader)).isEqualTo("z");
    }

    @Test
    void keepsALineOfExactlyTheLimitWhole() throws IOException {
        String line = "y".repeat(MAX);
        assertThat(lines(line + "\nz\n", 7)).containsExactly(line, "z");
        assertThat(lines(line, 7)).containsExactly(line);
    }

    @Test
    void keepsTheHeadOfALineThatIsTooLongAndCountsTheRest() throws IOException {
        for (int chunk : new int[] {1, 50, 101, 333, 1 << 20}) {
            LineReader reader = new LineReader(in("a\n" + "b".repeat(1_000_000) + "\nc\nd", chunk), MAX);
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isTrue();
            assertThat(reader.isTruncated()).isTrue();
            assertThat(text(reader)).isEqualTo("b".repeat(MAX));
            assertThat(reader.lineBytes()).isEqualTo(1_000_000);
            assertThat(reader.lineNumber()).isEqualTo(2);
            assertThat(reader.next()).isTrue();
            assertThat(text(reader)).isEqualTo("c");
            assertThat(reader.next()).isTrue();
            assertThat(text(reader)).isEqualTo("d");
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void countsALineThatIsTooLongUpToTheEndOfTheStream() throws IOException {
        LineReader reader = new LineReader(in("b".repeat(1_000), 10), MAX);
        assertThat(reader.next()).isTrue();
        assertThat(reader.lineBytes()).isEqualTo(1_000);
        assertThat(reader.next()).isFalse();
    }

    private static List<String> lines(String text, int chunk) throws IOException {
        LineReader reader = new LineReader(in(text, chunk), MAX);
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            assertThat(reader.isTruncated()).isFalse();
            lines.add(text(reader));
        }
        assertThat(reader.lineNumber()).isEqualTo(lines.size());
        return lines;
    }

    private static String text(LineReader reader) {
        return new String(reader.array(), reader.offset(), reader.length(), ISO_8859_1);
    }

    /** A stream that gives at most so many bytes at a time. */
    private static InputStream in(String text, int chunk) {
        return new ByteArrayInputStream(text.getBytes(ISO_8859_1)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, chunk));
            }
        };
    }
}
