package dev.tubepost.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class MedianTest {

    @Test
    void isTheNumberInTheMiddle() {
        assertThat(Median.of(DoubleStream.of(9, 1, 4))).isEqualTo(4);
        assertThat(Median.of(DoubleStream.of(7))).isEqualTo(7);
    }

    @Test
    void ofAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Median.of(DoubleStream.of(4, 1, 2, 9))).isEqualTo(3);
    }

    @Test
    void ofNothingIsNone() {
        assertThatThrownBy(() -> Median.of(DoubleStream.empty())).isInstanceOf(IllegalArgumentException.class);
    }
}
