package dev.tubepost.internal.broker;

import dev.tubepost.MessageTooLargeException;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.Compressor;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.cluster.ClusterActor;
import dev.tubepost.internal.delivery.Sequences;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Knob;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.queue.BatchLimit;
import dev.tubepost.internal.queue.QueueLimits;
import dev.tubepost.internal.report.Reporter;
import org.jspecify.annotations.Nullable;

/**
 * What all workers of a session share. <em>Immutable; its parts are thread-safe.</em>
 *
 * @param identity the producer id; null if the session is not idempotent
 * @param compressor null for no compression
 * @param memoryBytes the bound of the session's buffers
 */
public record SessionContext(
        Env env,
        ClusterActor cluster,
        Connection.Settings connection,
        ProduceSettings settings,
        QueueLimits limits,
        BufferPool pool,
        Reporter reporter,
        @Nullable LocalIdentity identity,
        @Nullable Compressor compressor,
        long memoryBytes) {

    /** The sequences of one more partition; null if the session is not idempotent. */
    public @Nullable Sequences newSequences() {
        return identity == null ? null : new Sequences();
    }

    /** The first sequence number of a producer id; the simulation begins shortly before the numbers wrap, too. */
    int firstSequence() {
        return env.knob(Knob.FIRST_SEQUENCE, 0);
    }

    /** The most bytes that the record of a message for that topic may take: one that fits a request alone, and the memory. */
    public int largestRecord(String topic) {
        int inRequest = RequestAssembly.largestBatch(settings.maxRequestBytes(), settings.clientId(), topic)
                - RecordBatch.HEADER_BYTES;
        return (int) Math.max(0, Math.min(inRequest, inMemory()));
    }

    /** What a message is charged at least that finds no open batch with room: the smallest buffer that its record fits. */
    public long bufferCharge(int maxBytes) {
        return (long) BufferPool.capacityFor(maxBytes + RecordBatch.HEADER_BYTES) * limits.chargeFactor();
    }

    /** How large the batches of a topic may grow. */
    public BatchLimit newBatchLimit(String topic) {
        return new BatchLimit(limits.batchBytes(), largestRecord(topic));
    }

    private long inMemory() {
        long largest = memoryBytes / limits.chargeFactor();
        return (largest <= BufferPool.MAX_BYTES
                        ? Long.highestOneBit(largest)
                        : largest / BufferPool.MAX_BYTES * BufferPool.MAX_BYTES)
                - RecordBatch.HEADER_BYTES;
    }

    /** The exception for a message that is larger. */
    public MessageTooLargeException tooLarge(int bytes, int largest) {
        return new MessageTooLargeException(bytes, largest, largest == inMemory() ? "bufferMemory" : "maxRequestSize");
    }

    /** Frees what the compressor holds. */
    public void closeCompressor() {
        if (compressor != null) {
            compressor.close();
        }
    }
}
