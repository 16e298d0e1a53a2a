package dev.tubepost.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.FlushLedger;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Stamp;
import dev.tubepost.protocol.RecordHeader;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SequencesTest {

    private static final UUID TOPIC = new UUID(1, 2);
    private static final long HOUR = 3_600_000_000_000L;

    private final BufferPool pool = new BufferPool();
    private final FlushLedger ledger = new FlushLedger();
    private final Sequences sequences = new Sequences();
    private final Object connection = new Object();

    @Test
    void nothingIsNumberedWithoutAnId() {
        assertThat(sequences.needsId()).isTrue();
        assertThatThrownBy(() -> stamp(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBatchIsNumberedByItsFirstRecord() {
        sequences.begin(7, (short) 3, 0);
        assertThat(stamp(10)).isEqualTo(new Stamp(7, (short) 3, 0, 0));
        assertThat(stamp(5)).isEqualTo(new Stamp(7, (short) 3, 10, 1));
        assertThat(stamp(1).sequence()).isEqualTo(15);
    }

    @Test
    void anOffsetWithoutRoomBeforeItIsOfAnotherLog() { // F40
        sequences.begin(7, (short) 0, 0);
        assertThat(sequences.hasRoomBefore(0, 1)).as("the first of all").isFalse();
        assertThat(sequences.hasRoomBefore(1, 1)).isTrue();
        sequences.written(100, 10);
        sequences.written(-1, 5); // the broker did not say where
        assertThat(sequences.hasRoomBefore(111, 2)).isFalse();
        assertThat(sequences.hasRoomBefore(112, 2)).isTrue();
        assertThat(sequences.hasRoomBefore(-1, 1))
                .as("where it is, is not known")
                .isFalse();
        sequences.written(3, 1);
        assertThat(sequences.hasRoomBefore(5, 1))
                .as("in the log that is there now")
                .isTrue();
    }

    @Test
    void afterTheLargestNumberComesZero() { // KAFKA-7693, KAFKA-13794
        sequences.begin(7, (short) 0, Integer.MAX_VALUE - 1);
        assertThat(stamp(5).sequence()).isEqualTo(Integer.MAX_VALUE - 1);
        Stamp wrapped = stamp(1);
        assertThat(wrapped.sequence()).isEqualTo(3);
        assertThat(wrapped.order()).isEqualTo(1);
        assertThat(Sequences.after(Integer.MAX_VALUE, 1)).isZero();
    }

    @Test
    void onlyOneGoesBeforeThisConnectionHasAcknowledgedOneOfThisEpoch() {
        sequences.begin(7, (short) 0, 0);
        Stamp first = stamp(1);
        assertThat(sequences.window(connection, 0)).isEqualTo(1);
        sequences.confirm(first, connection, 0);
        assertThat(sequences.window(connection, 1)).isEqualTo(5);
        assertThat(sequences.window(new Object(), 1)).isEqualTo(1);
        sequences.disturb();
        assertThat(sequences.window(connection, 1)).isEqualTo(1);
    }

    @Test
    void afterAnIdleHourTheBrokerMayHaveForgotten() { // KAFKA-15591
        sequences.begin(7, (short) 0, 0);
        sequences.confirm(stamp(1), connection, 0);
        assertThat(sequences.window(connection, HOUR - 1)).isEqualTo(5);
        assertThat(sequences.window(connection, HOUR)).isEqualTo(1);
    }

    @Test
    void anAnswerForAnEpochOfThePastConfirmsNothing() {
        sequences.begin(7, (short) 0, 0);
        Stamp old = stamp(1);
        sequences.breakOff();
        sequences.renew();
        sequences.confirm(old, connection, 0);
        assertThat(sequences.window(connection, 0)).isEqualTo(1);
    }

    @Test
    void aBrokenSequenceGoesOnInTheNextEpochFromZero() {
        sequences.begin(7, (short) 0, 0);
        stamp(10);
        sequences.breakOff();
        assertThat(sequences.isBroken()).isTrue();
        assertThatThrownBy(() -> stamp(1)).isInstanceOf(IllegalStateException.class);
        sequences.renew();
        assertThat(sequences.isBroken()).isFalse();
        Stamp next = stamp(1);
        assertThat(next.epoch()).isEqualTo((short) 1);
        assertThat(next.sequence()).isZero();
        assertThat(next.order()).isEqualTo(1);
    }

    @Test
    void afterTheLastEpochAnotherIdIsNeeded() { // F48
        sequences.begin(7, Short.MAX_VALUE, 0);
        stamp(1);
        sequences.breakOff();
        sequences.renew();
        assertThat(sequences.needsId()).isTrue();
        assertThat(sequences.spentId()).isEqualTo(7);
        assertThatThrownBy(() -> sequences.begin(7, (short) 0, 0)).isInstanceOf(IllegalStateException.class);
        sequences.begin(8, (short) 0, 0);
        assertThat(stamp(1)).isEqualTo(new Stamp(8, (short) 0, 0, 1));
    }

    @Test
    void anotherIdIsTakenInTimeWhenNothingCanArriveLate() {
        sequences.begin(7, (short) (Short.MAX_VALUE - Sequences.RESERVED_EPOCHS), 0);
        stamp(1);
        sequences.breakOffUnknown();
        sequences.renew();
        assertThat(sequences.needsId())
                .as("the next epoch keeps out what arrives late")
                .isFalse();
        stamp(1);
        sequences.breakOff();
        sequences.renew();
        assertThat(sequences.needsId())
                .as("but not before the leader has something of it")
                .isFalse();
        sequences.confirm(stamp(1), connection, 0);
        sequences.breakOff();
        sequences.renew();
        assertThat(sequences.needsId()).isTrue();
    }

    @Test
    void anIdThatSomebodyElseUsesIsGivenUp() {
        sequences.begin(7, (short) 0, 0);
        stamp(1);
        sequences.breakOffForeign();
        sequences.renew();
        assertThat(sequences.needsId()).isTrue();
    }

    @Test
    void anEpochIsForOneLifeOfATopic() { // F40
        UUID anew = new UUID(3, 4);
        UUID none = new UUID(0, 0);
        sequences.begin(7, (short) 0, 0);
        assertThat(sequences.isOfAnotherTopic(TOPIC)).isFalse();
        sequences.stamp(batch(1), none);
        assertThat(sequences.isOfAnotherTopic(TOPIC)).isFalse();
        sequences.stamp(batch(1), TOPIC);
        assertThat(sequences.isOfAnotherTopic(TOPIC)).isFalse();
        assertThat(sequences.isOfAnotherTopic(none)).isFalse();
        assertThat(sequences.isOfAnotherTopic(anew)).isTrue();
        sequences.breakOff();
        sequences.renew();
        assertThat(sequences.isOfAnotherTopic(anew)).isFalse();
    }

    @Test
    void aBatchThatMayBeWrittenKeepsItsStamp() {
        sequences.begin(7, (short) 0, 0);
        RecordBatch batch = batch(1);
        sequences.stamp(batch, TOPIC);
        batch.drain(0);
        batch.uncarry();
        batch.backToReady(false, true);
        batch.unstamp();
        assertThat(batch.stamp()).isNull();
        sequences.stamp(batch, TOPIC);
        batch.drain(0);
        batch.uncarry();
        batch.backToReady(true, true);
        assertThatThrownBy(batch::unstamp).isInstanceOf(IllegalStateException.class);
    }

    private Stamp stamp(int records) {
        RecordBatch batch = batch(records);
        sequences.stamp(batch, TOPIC);
        return Objects.requireNonNull(batch.stamp());
    }

    private RecordBatch batch(int records) {
        var batch = new RecordBatch(new BatchOutcome("topic", 0), 0, 0).in(ledger.enter());
        batch.addSegment(pool.take(2_048), 2_048);
        for (int i = 0; i < records; i++) {
            batch.append(null, new byte[10], new RecordHeader[0], 0);
        }
        batch.close();
        batch.keepRaw();
        return batch;
    }
}
