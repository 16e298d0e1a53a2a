package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @Test
    void readsUnits() {
        assertThat(parse("250ms")).isEqualTo(Duration.ofMillis(250));
        assertThat(parse("5s")).isEqualTo(Duration.ofSeconds(5));
        assertThat(parse("2min")).isEqualTo(Duration.ofMinutes(2));
        assertThat(parse("0ms")).isZero();
    }

    @Test
    void readsABareNumberInTheOptionsUnit() {
        assertThat(parse("20")).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "5 h", "99999999999999999s"})
    void refusesAnythingElseNamingTheOption(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--linger " + text);
    }

    private static Duration parse(String text) {
        return DurationText.parse("--linger", text, ChronoUnit.SECONDS);
    }
}
