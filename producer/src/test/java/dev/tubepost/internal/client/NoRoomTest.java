package dev.tubepost.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.queue.Admission;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who finds no room is told which bound it was, for which broker, how long the call waited, and what to raise. */
final class NoRoomTest {

    private static final String BROKER = "broker 1 at b1:9092";

    private final MemoryBound memory = new MemoryBound(10_000, () -> {});
    private final Admission admission = new Admission(3, 1_000, memory, 8_000, from -> {});

    @Test
    void namesTheNumberOfMessages() {
        for (int i = 0; i < 3; i++) {
            assertThat(admission.tryAdmitOne(100)).isTrue();
        }
        assertThat(full(BROKER, 256, 0))
                .hasMessage("there was no room for a message to orders, and nothing was queued: 3 messages for"
                        + " broker 1 at b1:9092 are not reported yet, and maxQueuedMessages allows 3. The broker takes"
                        + " less than is produced, or callbacks take long: produce more slowly, or raise"
                        + " maxQueuedMessages");
    }

    @Test
    void namesTheBrokersShareOfTheMemory() {
        assertThat(admission.tryAdmitOne(7_900)).isTrue();
        assertThat(full(BROKER, 256, 200_000_000))
                .hasMessageContaining("within 200 ms (blockTimeout)")
                .hasMessageContaining("messages for broker 1 at b1:9092 hold 7900 bytes")
                .hasMessageContaining("their share of bufferMemory is 8000 of 10000")
                .hasMessageEndingWith("raise bufferMemory");
    }

    @Test
    void namesTheMemoryThatOthersHaveTaken() {
        var other = new Admission(3, 1_000, memory, 9_800, from -> {});
        assertThat(other.tryAdmitOne(9_800)).isTrue();
        assertThat(admission.tryAdmitOne(100)).isTrue();
        assertThat(full(BROKER, 256, 0))
                .hasMessageContaining("the messages of this session hold 9900 bytes, and bufferMemory allows 10000")
                .hasMessageContaining("messages for broker 1 at b1:9092 hold 100 of them")
                .hasMessageEndingWith("raise bufferMemory");
    }

    @Test
    void saysThatNoLeaderIsKnown() {
        for (int i = 0; i < 3; i++) {
            assertThat(admission.tryAdmitOne(100)).isTrue();
        }
        assertThat(full(null, 100, 0))
                .hasMessageContaining("3 messages without a known leader")
                .hasMessageContaining("Check that the topic exists")
                .hasMessageEndingWith("raise maxQueuedMessages");
    }

    @Test
    void blamesNoBoundThatIsNotReached() {
        assertThat(admission.tryAdmitOne(1_000)).isTrue();
        assertThat(full(BROKER, 256, 0))
                .hasMessageContaining("others wait before it, or there is room by now")
                .hasMessageContaining("1 of 3 (maxQueuedMessages)")
                .hasMessageContaining("1000 of 8000 bytes");
    }

    private ProducerQueueFullException full(@Nullable String broker, long bytes, long blockNanos) {
        return NoRoom.of("orders", admission, memory, broker, bytes, blockNanos);
    }
}
