package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class DeadlineTest {
    @Test
    void looksOnceEvenWhenTheTimeIsOver() {
        var over = Deadline.in(Duration.ZERO);
        var looked = new int[1];

        over.await(() -> ++looked[0] > 0, () -> "not looked");

        assertThat(looked[0]).isEqualTo(1);
        assertThat(over.isOver()).isTrue();
        assertThat(over.left()).isZero();
    }

    @Test
    void saysWhatWasMissingAndForHowLongItWaited() {
        assertThatThrownBy(() -> Deadline.in(Duration.ofMillis(30)).await(() -> false, () -> "no leader"))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessage("After PT0.03S: no leader");
        assertThatThrownBy(() -> Deadline.in(Duration.ofMillis(1)).await(new CompletableFuture<>(), "create t"))
                .isInstanceOf(EmbeddedKafkaException.class)
                .hasMessage("Could not create t within PT0.001S");
    }

    @Test
    void keepsTheFlagOfAnInterruptedThread() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Deadline.in(Duration.ofSeconds(5)).await(() -> false, () -> "never"))
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Deadline.in(Duration.ofSeconds(5)).await(new CompletableFuture<>(), "wait"))
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
