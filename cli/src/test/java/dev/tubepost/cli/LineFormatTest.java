package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineFormatTest {

    @Test
    void withoutDelimiterTheWholeLineIsTheValue() {
        assertThat(parse(null, null, "k=v")).isEqualTo("null / k=v");
    }

    @Test
    void cutsAtTheFirstDelimiter() {
        assertThat(parse("=", null, "k=v=w")).isEqualTo("k / v=w");
        assertThat(parse("::", null, "a:b::c")).isEqualTo("a:b / c");
        assertThat(parse("=", null, "=v")).isEqualTo(" / v");
        assertThat(parse("=", null, "k=")).isEqualTo("k / ");
    }

    @Test
    void aLineWithoutTheDelimiterHasNoKey() {
        assertThat(parse("=", null, "v")).isEqualTo("null / v");
        assertThat(parse("::", null, "v:")).isEqualTo("null / v:");
        assertThat(parse("::", null, "")).isEqualTo("null / ");
    }

    @Test
    void whatEqualsTheNullMarkerIsNull() {
        assertThat(parse("=", "NULL", "k=NULL")).isEqualTo("k / null");
        assertThat(parse("=", "NULL", "NULL=v")).isEqualTo("null / v");
        assertThat(parse("=", "NULL", "k=NULLS")).isEqualTo("k / NULLS");
        assertThat(parse(null, "", "")).isEqualTo("null / null");
    }

    @Test
    void emptyIsNotNull() {
        assertThat(parse(null, null, "")).isEqualTo("null / ");
    }

    private static String parse(@Nullable String delimiter, @Nullable String marker, String line) {
        byte[] array = ("before=" + line + "=after").getBytes(UTF_8);
        LineFormat.Fields fields =
                new LineFormat(bytes(delimiter), bytes(marker)).parse(array, 7, line.getBytes(UTF_8).length);
        return text(fields.key()) + " / " + text(fields.value());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }
}
