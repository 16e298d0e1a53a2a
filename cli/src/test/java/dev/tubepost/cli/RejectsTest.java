package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectsTest {

    @TempDir
    private Path directory;

    @Test
    void writesEachMessageWithItsError() throws IOException {
        Path file = directory.resolve("rejects");
        try (Rejects rejects = Rejects.open(file)) {
            LineFormat.Fields text = new LineFormat.Fields("k".getBytes(UTF_8), "v\"ü".getBytes(UTF_8));
            rejects.write(new Rejects.Reject("NOT_ENOUGH_REPLICAS", "too few", true, 3, text, null));
            LineFormat.Fields binary = new LineFormat.Fields(null, new byte[] {(byte) 0xff, 0});
            rejects.write(
                    new Rejects.Reject("MessageTooLarge", "big", false, -1, binary, new Rejects.Line(7, 99, true)));
        }
        assertThat(file).hasContent("""
                        {"error":"NOT_ENOUGH_REPLICAS","message":"too few","maybe_written":true,"partition":3,"key":"k","value":"v\\"ü"}
                        {"error":"MessageTooLarge","message":"big","maybe_written":false,"line":7,"bytes":99,"truncated":true,"key":null,"value_base64":"/wA="}
                        """);
    }

    @Test
    void emptiesAFileThatIsThere() throws IOException {
        Path file = Files.writeString(directory.resolve("rejects"), "old");
        Rejects.open(file).close();
        assertThat(file).isEmptyFile();
    }

    @Test
    void tellsOfAnErrorWhileWritingOnlyInTheEnd() throws IOException {
        Rejects rejects = Rejects.open(Path.of("/dev/full"));
        LineFormat.Fields fields = new LineFormat.Fields(null, new byte[20_000]);
        rejects.write(new Rejects.Reject("E", "text", false, 0, fields, null));
        rejects.write(new Rejects.Reject("E", "text", false, 0, fields, null));
        rejects.close();
        assertThat(rejects.problem()).isNotNull();
    }
}
