package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F32: what a peer wrote is seen as it is, or not at all. */
final class PeerTextTest {

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, '\n', '\r', 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0xAD, 0x200B, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029,
                0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF, 0xD800, 0xDFFF,
                0xE000, 0xFFFF, 0xE0041
            })
    void whatCannotBeSeenIsAQuestionMark(int c) {
        String told = "a" + new String(new int[] {c}, 0, 1) + "b";
        assertThat(PeerText.of(told)).isEqualTo("a?b");
    }

    @Test
    void everyCharacterOfBothControlSetsAndEveryFormatCharacterIsReplaced() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                assertThat(PeerText.of(Character.toString(c))).as("U+%04X", c).isEqualTo("?");
            }
        }
    }

    @Test
    void lettersOfAllScriptsStay() {
        String text = "gr\u00f6\u00dfer \u65e5\u672c \uD83D\uDE80 \u05d0\u05d1 'x' \"y\" [31m";
        assertThat(PeerText.of(text)).isEqualTo(text);
    }

    @Test
    void itIsCutBetweenCharactersAndNotWithinOne() {
        String pairs = "a" + "\uD83D\uDE80".repeat(200);
        assertThat(PeerText.of(pairs)).hasSize(255).endsWith("\uD83D\uDE80");
        assertThat(PeerText.of("x".repeat(1_000))).hasSize(PeerText.MAX_CHARS);
        assertThat(PeerText.of("four", 3)).isEqualTo("fou");
    }

    @Test
    void ofALongTextOnlyTheBeginningIsLookedAt() {
        byte[] utf8 = "\u65e5".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        assertThat(PeerText.of(ByteBuffer.wrap(utf8))).isEqualTo("\u65e5".repeat(256));
    }
}
