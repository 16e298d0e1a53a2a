package dev.tubepost.internal.batch;

import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordReader;
import java.nio.ByteBuffer;

/**
 * Leaves cancelled messages out of a closed batch (N13): before it is made ready, and once more when it is drained, if messages were
 * cancelled in between. Under the queue's lock. The records that stay are no larger than before, so each new segment fits where an old one
 * did, and nothing more is charged.
 */
public final class BatchRewrite {

    private BatchRewrite() {}

    /** Rewrites the batch's segments without the cancelled messages. */
    public static void withoutCancelled(RecordBatch batch, BufferPool pool) {
        ByteBuffer[] old = batch.records();
        var rewritten = new ByteBuffer[old.length];
        int index = 0;
        int kept = 0;
        int bytes = 0;
        for (int i = 0; i < old.length; i++) {
            ByteBuffer target = pool.take(batch.segmentCapacity(i));
            target.position(i == 0 ? RecordBatch.HEADER_BYTES : 0);
            int from = target.position();
            var reader = new RecordReader(new ByteBuffer[] {old[i]});
            while (reader.next()) {
                while (!batch.hasRecord(index)) {
                    index++;
                }
                if (!batch.outcome().isCancelled(index++)) {
                    RecordFormat.write(
                            target, kept++, reader.timestampDelta(), reader.key(), reader.value(), reader.headers());
                }
            }
            bytes += target.position() - from;
            rewritten[i] = target;
        }
        for (ByteBuffer segment : batch.replaceSegments(rewritten, kept, bytes)) {
            pool.give(segment);
        }
    }
}
