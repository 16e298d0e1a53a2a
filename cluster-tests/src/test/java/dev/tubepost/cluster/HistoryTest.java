package dev.tubepost.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A judge that cannot condemn judges nothing. */
final class HistoryTest {

    private final Sent first = new Sent(0, 0, 2);
    private final Sent second = new Sent(0, 1, 2);

    @Test
    void isContentWithWhatWasPromised() {
        first.delivered(10);
        second.delivered(-1);
        assertThat(check(at(10, "0-0"), at(11, "0-1"))).isEmpty();
    }

    @Test
    void findsALostMessage() {
        first.delivered(10);
        second.delivered(11);
        assertThat(check(at(10, "0-0")))
                .anyMatch(problem -> problem.broken() == History.Broken.LOST
                        && problem.text().contains("0-1"));
    }

    @Test
    void findsADuplicateWhereNoneMayBe() {
        first.delivered(10);
        second.delivered(12);
        Found[] log = {at(10, "0-0"), at(11, "0-0"), at(12, "0-1")};
        assertThat(check(log)).singleElement().asString().contains("is there twice");
        assertThat(History.check(History.Promise.NOTHING_LOST, List.of(first, second), List.of(log)))
                .isEmpty();
    }

    @Test
    void findsADisorder() {
        first.delivered(11);
        second.delivered(10);
        assertThat(check(at(10, "0-1"), at(11, "0-0")))
                .singleElement()
                .asString()
                .contains("comes after number 1");
    }

    @Test
    void findsAnUntrueReport() {
        first.failed(false, "refused");
        second.failed(true, "lost");
        assertThat(check(at(10, "0-0"), at(11, "0-1")))
                .singleElement()
                .asString()
                .contains("as not written (refused)");
    }

    @Test
    void findsAnOffsetThatIsNotTheLogs() {
        first.delivered(9);
        second.failed(true, "lost");
        assertThat(check(at(10, "0-0"))).singleElement().asString().contains("with offset 9");
    }

    @Test
    void findsWhatWasReportedTwiceOrNever() {
        first.delivered(10);
        first.delivered(10);
        assertThat(check(at(10, "0-0"), at(11, "0-1")))
                .extracting(History.Problem::text)
                .containsExactly("0-0 to partition 2 was reported 2 times", "0-1 to partition 2 was reported 0 times");
    }

    private List<History.Problem> check(Found... log) {
        return History.check(History.Promise.ONCE_AND_IN_ORDER, List.of(first, second), List.of(log));
    }

    private static Found at(long offset, String value) {
        return new Found(2, offset, value);
    }
}
