package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @Test
    void readsUnits() {
        assertThat(parse("250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(parse("5s")).isEqualTo(Duration.ofSeconds(5));
        assertThat(parse("2min")).isEqualTo(Duration.ofMinutes(2));
        assertThat(parse("7ns")).isEqualTo(Duration.ofNanos(7));
        assertThat(parse("500us")).isEqualTo(Duration.ofNanos(500_000));
        assertThat(parse(" 3 h ")).isEqualTo(Duration.ofHours(3));
        assertThat(parse("1d")).isEqualTo(Duration.ofDays(1));
        assertThat(parse("0ms")).isZero();
    }

    @Test
    void readsABareNumberAsMilliseconds() {
        assertThat(parse("20")).isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void takesWhatIsTooLongAsTheLongestThatFits() {
        assertThat(parse("999999999999d")).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "-1", "1.5s", "5 y", "5S"})
    void refusesAnythingElseNamingTheOption(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--linger " + text);
    }

    private static Duration parse(String text) {
        return DurationText.parse("--linger", text);
    }
}
