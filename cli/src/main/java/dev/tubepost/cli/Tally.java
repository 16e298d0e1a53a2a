package dev.tubepost.cli;

import dev.tubepost.DeliveredBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Counts what was read, and what became of it. <em>Thread-safe</em>: the input thread counts what it reads, the report thread what
 * became of it, and the main thread looks.
 *
 * <p>Memory does not depend on the number of messages: there is one entry for each partition and for each kind of failure.
 */
final class Tally {

    /** Enough to tell 1.00 ms from 1.01 ms. */
    private static final int LATENCY_DIGITS = 2;

    // Written by the input thread alone.
    private final AtomicLong readMessages = new AtomicLong();
    private final AtomicLong readBytes = new AtomicLong();

    // Guarded by this.
    private final Map<Integer, PartitionOffsets> partitions = new TreeMap<>();
    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private final Histogram latencyMicros = new Histogram(LATENCY_DIGITS);
    private long deliveredMessages;
    private long wireBytes;
    private Count failed = Count.NONE;
    private Count maybeWritten = Count.NONE;

    /** A message was read, and either accepted or refused by the producer. */
    void read(long bytes) {
        readMessages.lazySet(readMessages.getPlain() + 1);
        readBytes.lazySet(readBytes.getPlain() + bytes);
    }

    synchronized void delivered(DeliveredBatch batch) {
        deliveredMessages += batch.messages();
        wireBytes += batch.bytes();
        partitions.merge(batch.partition(), PartitionOffsets.of(batch), PartitionOffsets::and);
        latencyMicros.recordValueWithCount(Math.max(0, batch.elapsed().toNanos() / 1000), batch.messages());
    }

    /** A message failed. */
    synchronized void failed(String error, String text, long bytes, boolean isMaybeWritten) {
        if (isMaybeWritten) {
            maybeWritten = maybeWritten.plus(1, bytes);
        } else {
            failed = failed.plus(1, bytes);
        }
        failures.merge(error, new Failure(error, 1, text), Failure::and);
    }

    /** How many messages were read so far. */
    long readMessages() {
        return readMessages.get();
    }

    /** How many messages were accepted and have no outcome yet. */
    synchronized long inFlight() {
        long done = deliveredMessages + failed.messages() + maybeWritten.messages();
        return Math.max(0, readMessages.get() - done);
    }

    /**
     * What became of everything; to be asked when every message has its outcome.
     *
     * @param acknowledging whether delivered means acknowledged, and not just sent
     */
    synchronized Receipt.Counts counts(boolean acknowledging) {
        Count read = new Count(readMessages.get(), readBytes.get());
        long withoutOutcome = read.messages() - deliveredMessages - failed.messages() - maybeWritten.messages();
        long deliveredBytes = read.bytes() - failed.bytes() - maybeWritten.bytes();
        return new Receipt.Counts(
                acknowledging,
                read,
                new Count(deliveredMessages, deliveredMessages == 0 ? 0 : deliveredBytes),
                failed,
                maybeWritten,
                withoutOutcome);
    }

    synchronized List<PartitionOffsets> partitions() {
        return List.copyOf(partitions.values());
    }

    synchronized List<Failure> failures() {
        return new ArrayList<>(failures.values());
    }

    synchronized long wireBytes() {
        return wireBytes;
    }

    synchronized Latency latency() {
        return Latency.of(latencyMicros);
    }

    /**
     * What was delivered to a partition. <em>Immutable.</em>
     *
     * @param partition the partition
     * @param messages how many messages
     * @param firstOffset the lowest offset, or -1 if no offset is known
     * @param lastOffset the highest offset, or -1 if no offset is known
     */
    record PartitionOffsets(int partition, long messages, long firstOffset, long lastOffset) {

        private static PartitionOffsets of(DeliveredBatch batch) {
            long first = batch.baseOffset();
            long last = first < 0 ? -1 : first + batch.messages() - 1;
            return new PartitionOffsets(batch.partition(), batch.messages(), first, last);
        }

        private PartitionOffsets and(PartitionOffsets later) {
            long first = firstOffset < 0 || later.firstOffset < 0
                    ? Math.max(firstOffset, later.firstOffset)
                    : Math.min(firstOffset, later.firstOffset);
            return new PartitionOffsets(
                    partition, messages + later.messages, first, Math.max(lastOffset, later.lastOffset));
        }
    }

    /**
     * Messages that failed for the same reason. <em>Immutable.</em>
     *
     * @param error the reason's name
     * @param messages how many messages
     * @param text what the first of them was told
     */
    record Failure(String error, long messages, String text) {

        private Failure and(Failure later) {
            return new Failure(error, messages + later.messages, text);
        }
    }

    /**
     * How long messages took. <em>Immutable.</em> Each message counts with the time of its batch, from the batch's first message being
     * produced to its acknowledgement; so what is told is never too short.
     *
     * @param p50Micros half of the messages took at most this long, in microseconds
     * @param p99Micros 99 of 100 took at most this long
     * @param maxMicros all took at most this long
     */
    record Latency(long p50Micros, long p99Micros, long maxMicros) {

        private static Latency of(Histogram micros) {
            return new Latency(micros.getValueAtPercentile(50), micros.getValueAtPercentile(99), micros.getMaxValue());
        }
    }
}
