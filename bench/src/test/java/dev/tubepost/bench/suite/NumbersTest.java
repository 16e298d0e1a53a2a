package dev.tubepost.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Numbers as text. */
final class NumbersTest {

    @Test
    void exactNumbersAreWholeFromAHundredOn() {
        assertThat(Numbers.exact(5_990_123.4)).isEqualTo("5,990,123");
        assertThat(Numbers.exact(99.96)).isEqualTo("100");
        assertThat(Numbers.exact(52.44)).isEqualTo("52.4");
        assertThat(Numbers.exact(9.996)).isEqualTo("10.0");
        assertThat(Numbers.exact(0.01254)).isEqualTo("0.0125");
        assertThat(Numbers.exact(52)).isEqualTo("52");
        assertThat(Numbers.exact(0)).isEqualTo("0");
        assertThat(Numbers.exact(Double.NaN)).isEqualTo("–");
    }

    @Test
    void compactNumbersHaveThreeDigits() {
        assertThat(Numbers.compact(5_990_123)).isEqualTo("5.99 M");
        assertThat(Numbers.compact(999_999)).isEqualTo("1.00 M");
        assertThat(Numbers.compact(9_999)).isEqualTo("9,999");
        assertThat(Numbers.compact(10_000)).isEqualTo("10.0 k");
        assertThat(Numbers.compact(235.2)).isEqualTo("235");
    }

    @Test
    void aRangeSaysItsLetterOnce() {
        assertThat(Numbers.compactRange(5_510_000, 6_060_000)).isEqualTo("5.51 – 6.06 M");
        assertThat(Numbers.compactRange(999_000, 1_010_000)).isEqualTo("999 k – 1.01 M");
        assertThat(Numbers.compactRange(210, 227)).isEqualTo("210 – 227");
    }

    @Test
    void marksEndWithoutZeros() {
        assertThat(Numbers.mark(2_000_000)).isEqualTo("2 M");
        assertThat(Numbers.mark(20_000)).isEqualTo("20 k");
        assertThat(Numbers.mark(0.5)).isEqualTo("0.5");
        assertThat(Numbers.mark(1_500)).isEqualTo("1,500");
        assertThat(Numbers.mark(12_500)).isEqualTo("12.5 k");
        assertThat(Numbers.mark(200)).isEqualTo("200");
    }

    @Test
    void ratiosHaveTwoDecimals() {
        assertThat(Numbers.ratio(0.3649)).isEqualTo("0.36");
        assertThat(Numbers.ratio(1)).isEqualTo("1.00");
        assertThat(Numbers.ratio(12.34)).isEqualTo("12.3");
        assertThat(Numbers.ratio(0.0941)).isEqualTo("0.0941");
    }
}
