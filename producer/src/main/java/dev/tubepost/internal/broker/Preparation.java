package dev.tubepost.internal.broker;

import dev.tubepost.internal.batch.BatchRewrite;
import dev.tubepost.internal.batch.BufferPool;
import dev.tubepost.internal.batch.Compressor;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Log;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes closed batches ready: leaves cancelled messages out, and compresses, in one shot, on the side executor (N11). <em>Confined to the
 * worker's actor.</em> Batches of a queue are made ready in any order and leave it in theirs.
 */
final class Preparation {

    private static final Log LOG = Log.of("dev.tubepost.batch");

    private final Actor actor;
    private final BufferPool pool;
    private final @Nullable Compressor compressor;
    private final Runnable onReady;

    /**
     * @param onReady told when a batch that was compressed on the side is ready
     */
    Preparation(Actor actor, BufferPool pool, @Nullable Compressor compressor, Runnable onReady) {
        this.actor = actor;
        this.pool = pool;
        this.compressor = compressor;
        this.onReady = onReady;
    }

    /** Under the queue's lock: begins with every closed batch that is not begun; those that need no work are ready at once. */
    void prepare(PartitionQueue queue) {
        for (RecordBatch batch : queue.closedBatches()) {
            if (batch.state() == RecordBatch.State.CLOSED) {
                if (batch.hasCancelled()) {
                    BatchRewrite.withoutCancelled(batch, pool);
                }
                int most = mostBytes(batch);
                if (compressor == null || batch.staysRaw() || batch.recordCount() == 0 || most == 0) {
                    batch.keepRaw();
                } else {
                    compress(queue, batch, compressor, most);
                }
            }
        }
    }

    /** Under the queue's lock: prepares a batch anew, that is to be drained now, if messages of it were cancelled meanwhile (N13). */
    void renew(PartitionQueue queue, RecordBatch head) {
        if (head.state() == RecordBatch.State.READY && head.hasCancelled()) {
            head.reopen(pool);
        }
        prepare(queue);
    }

    private void compress(PartitionQueue queue, RecordBatch batch, Compressor with, int most) {
        ByteBuffer[] records = batch.records();
        boolean isAll = most == rawBytes(batch) - 1;
        batch.beginCompression();
        queue.lane.preparing++; // the queue does not move meanwhile
        try {
            actor.side(
                    () -> compressed(records, with, most),
                    (form, failure) -> end(queue, batch, with, form, failure, isAll));
        } catch (Throwable thrown) { // nobody would end it
            queue.lane.preparing--;
            batch.endCompression(null, with.attribute()); // what is charged for another form is given back at its end
            LOG.warn("compression could not begin, the batch is sent as it is", thrown);
        }
    }

    /** What the compressed form may take: less than the records as they are (K7), and no larger buffer than is charged for it (decision 0001). */
    private static int mostBytes(RecordBatch batch) {
        long charged = batch.chargedBytes() - batch.heldBytes();
        int raw = rawBytes(batch);
        if (BufferPool.capacityFor(raw) <= charged) {
            return raw - 1;
        }
        return charged < BufferPool.MIN_BYTES ? 0 : BufferPool.capacityWithin((int) charged); // less than for the raw
    }

    private static int rawBytes(RecordBatch batch) {
        return RecordBatch.HEADER_BYTES + batch.recordBytes();
    }

    /** @param isAll whether any form would have done that is smaller than the records */
    private void end(
            PartitionQueue queue,
            RecordBatch batch,
            Compressor with,
            @Nullable ByteBuffer form,
            @Nullable Throwable failure,
            boolean isAll) {
        queue.lane.preparing--;
        Admission charged;
        long free;
        queue.lock();
        try {
            batch.endCompression(form, with.attribute());
            if (form != null || (failure == null && isAll)) { // else nothing is known of how small it would have become
                queue.batchLimit().compressed(batch.recordBytes(), batch.wireBytes() - RecordBatch.HEADER_BYTES);
            }
            charged = queue.admission();
            free = batch.trimCharge(batch.heldBytes()); // what was charged for the compressed form, and is not needed
        } finally {
            queue.unlock();
        }
        queue.owner().touched(queue);
        onReady.run();
        charged.releaseBytes(free); // not under the lock: who waits for it may be told by an executor of the user (I23)
        if (failure != null) {
            LOG.warn("compression failed, the batch is sent as it is", failure);
        }
    }

    /** The compressed form, behind room for the header; null if it would take more than that many bytes. */
    private @Nullable ByteBuffer compressed(ByteBuffer[] records, Compressor with, int most) {
        ByteBuffer target = pool.take(most);
        boolean done = false;
        try {
            target.position(RecordBatch.HEADER_BYTES).limit(most);
            done = with.compress(records, records.length, target);
            return done ? target : null;
        } finally {
            if (!done) {
                pool.give(target);
            }
        }
    }
}
