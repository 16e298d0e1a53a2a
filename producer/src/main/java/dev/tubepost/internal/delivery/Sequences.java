package dev.tubepost.internal.delivery;

import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.batch.Stamp;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A partition's producer id, epoch and sequence numbers (KIP-98). <em>Confined to the owner of the partition's queue</em>, and goes where
 * the queue goes: it outlives leaders, connections and metadata (librdkafka before 1.9 began anew when a topic vanished for a moment, and
 * the broker took new messages for old ones).
 *
 * <pre>
 *             begin                        breakOff
 *   NO ID ------------> WHOLE ----------------------------> BROKEN
 *     ^                   ^                                    |
 *     |                   \------ renew: the next epoch --------/
 *     \----------- renew: epochs used up, or not ours ----------/
 * </pre>
 *
 * <p>Numbers are given when a batch is drained. While the sequence is whole, batches go out in order. It breaks when a number was given
 * out that will never be written, or may not be: then nothing new is numbered until every batch that was sent has its outcome, or is
 * known not to be written; these are numbered anew in the next epoch. A partition's epochs are its own, so its trouble touches no other
 * (KAFKA-12152, librdkafka #4953).
 */
public final class Sequences {

    /** How many batches of a partition may be in flight: as many as a broker remembers ({@code ProducerStateEntry}, 5). */
    public static final int WINDOW = 5;

    /** Stands for no producer id. */
    public static final long NO_ID = -1;

    /**
     * How many of the last epochs are kept for breaks after which a request of the past may still arrive: the next epoch keeps it out, another
     * id would not. A break without that changes to a new id as soon as these are reached.
     */
    static final int RESERVED_EPOCHS = 100;

    /** After so long without an answer the broker may have forgotten the id, and takes any first sequence (KAFKA-15591). */
    private static final int NONE = -1;

    private static final UUID NO_TOPIC_ID = new UUID(0, 0);

    private static final long IDLE_NANOS = 3_600_000_000_000L;

    private long producerId = NO_ID;
    private long spentId = NO_ID;
    private short epoch;
    private int next;
    private long order;
    private UUID topicId = NO_TOPIC_ID;
    private boolean broken;
    private boolean foreign;
    private int lateEpoch = NONE;
    private @Nullable Object confirmedBy;
    private long confirmedNanos;
    private long writtenEnd;

    /** Whether an id has to be had before anything can be sent. */
    public boolean needsId() {
        return producerId == NO_ID;
    }

    /** The id that must not be used again here, or {@link #NO_ID}. */
    public long spentId() {
        return spentId;
    }

    /**
     * Begins to use an id.
     *
     * @param first the first sequence number
     */
    public void begin(long id, short firstEpoch, int first) {
        if (producerId != NO_ID || id == spentId) {
            throw new IllegalStateException("a producer id is begun once");
        }
        producerId = id;
        epoch = firstEpoch;
        next = first;
    }

    /**
     * Gives a batch its stamp, the next numbers in line.
     *
     * @param topic the topic's id, or zero
     */
    public void stamp(RecordBatch batch, UUID topic) {
        if (producerId == NO_ID || broken) {
            throw new IllegalStateException("nothing is numbered while the sequence is " + this);
        }
        topicId = NO_TOPIC_ID.equals(topicId) ? topic : topicId;
        batch.stamp(new Stamp(producerId, epoch, next, order++));
        next = after(next, batch.recordCount());
    }

    /**
     * Whether numbers of this epoch were used in a topic that was deleted since, and created again under its name (F40). The new one knows none
     * of them and takes any as the first, so there must be no gap among those that it gets.
     *
     * @param topic the id that the topic has now, or zero
     */
    public boolean isOfAnotherTopic(UUID topic) {
        return !NO_TOPIC_ID.equals(topicId) && !NO_TOPIC_ID.equals(topic) && !topicId.equals(topic);
    }

    /** The sequence number that follows: after 2^31-1 comes 0 (KAFKA-7693). */
    static int after(int first, int records) {
        return (first + records) & Integer.MAX_VALUE;
    }

    /**
     * How many batches may be in flight: one, until whoever leads the partition has acknowledged one of this epoch on this connection; a
     * broker that knows nothing of the id takes any first sequence, so the first must not be overtaken.
     */
    public int window(Object connection, long nowNanos) {
        return confirmedBy == connection && nowNanos - confirmedNanos < IDLE_NANOS ? WINDOW : 1;
    }

    /** The broker at the other end of the connection acknowledged a batch. */
    public void confirm(Stamp stamp, Object connection, long nowNanos) {
        if (stamp.producerId() == producerId && stamp.epoch() == epoch) {
            confirmedBy = connection;
            confirmedNanos = nowNanos;
            lateEpoch = epoch > lateEpoch ? NONE : lateEpoch;
        }
    }

    /**
     * The broker wrote records.
     *
     * @param offset of the first, or -1 if the broker did not say it
     */
    public void written(long offset, int records) {
        writtenEnd = offset < 0 ? writtenEnd : offset + records;
    }

    /**
     * Whether so many more records can be in the log between the last that are known to be there and the given offset. If not, the
     * offset is one of another log: the topic's before or after it was created anew, which a broker that is sent to by name does not tell.
     *
     * @param offset or -1 if it is not known, and nothing can be told by it
     */
    public boolean hasRoomBefore(long offset, int records) {
        return offset >= writtenEnd + records;
    }

    /** An attempt went wrong: one batch at a time, until one is acknowledged. */
    public void disturb() {
        confirmedBy = null;
    }

    /** Numbers were given out that will not be written, or perhaps not: nothing new is numbered. */
    public void breakOff() {
        if (producerId != NO_ID) {
            broken = true;
        }
        disturb();
    }

    /**
     * As {@link #breakOff}, for a batch that may be written, and as long as the leader has nothing of a later epoch even after what was numbered
     * after it.
     */
    public void breakOffUnknown() {
        lateEpoch = epoch;
        breakOff();
    }

    /** As {@link #breakOff}, and a higher epoch of the id is in use that is not ours: the id is given up. */
    public void breakOffForeign() {
        foreign = true;
        breakOff();
    }

    public boolean isBroken() {
        return broken;
    }

    /** Goes on in the next epoch, from number 0; everything that was stamped has its outcome, or lost its stamp. */
    public void renew() {
        boolean isClean = lateEpoch == NONE;
        if (foreign || epoch == Short.MAX_VALUE || (isClean && epoch >= Short.MAX_VALUE - RESERVED_EPOCHS)) {
            spentId = producerId;
            producerId = NO_ID;
            lateEpoch = NONE;
        } else {
            epoch++;
            next = 0;
        }
        topicId = NO_TOPIC_ID;
        broken = false;
        foreign = false;
        disturb();
    }

    @Override
    public String toString() {
        return producerId == NO_ID
                ? "without an id"
                : (broken ? "broken" : "whole") + ": id " + producerId + ", epoch " + epoch + ", next " + next;
    }
}
