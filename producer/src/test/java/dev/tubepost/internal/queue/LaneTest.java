package dev.tubepost.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.batch.Stamp;
import dev.tubepost.internal.delivery.Sequences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever leads a partition anew is trusted with one batch at first (design promise 2), also if it is known from before. */
final class LaneTest {

    private static final long NOW = 1;

    private final Object connection = new Object();
    private final Sequences sequences = new Sequences();
    private final Lane lane = new Lane(sequences);

    @BeforeEach
    void isConfirmed() {
        sequences.begin(7, (short) 0, 0);
        sequences.confirm(new Stamp(7, (short) 0, 0, 0), connection, NOW);
        assertThat(sequences.window(connection, NOW)).isEqualTo(Sequences.WINDOW);
    }

    @Test
    void aQueueThatMovesSendsOneBatchAtFirstThoughItComesBack() {
        lane.reset();
        assertThat(sequences.window(connection, NOW)).isEqualTo(1);
    }

    @Test
    void aQueueThatWasToMoveAndStaysSendsOneBatchAtFirst() {
        lane.movingTo = new RecordingOutbox(new Admission(1, 1, new MemoryBound(1, () -> {}), 1, from -> {}));
        lane.stay();
        assertThat(lane.movingTo).isNull();
        assertThat(sequences.window(connection, NOW)).isEqualTo(1);
    }

    @Test
    void aQueueThatWasNotToMoveGoesOn() {
        lane.stay();
        assertThat(sequences.window(connection, NOW)).isEqualTo(Sequences.WINDOW);
    }
}
