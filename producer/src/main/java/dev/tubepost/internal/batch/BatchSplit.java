package dev.tubepost.internal.batch;

import dev.tubepost.protocol.RecordReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes parts of a batch that a broker found too large (KIP-126), from the records as they were before compression. Under the queue's lock.
 *
 * <p>A part holds at most half of the whole's bytes, or one record. So each has fewer records than the whole, and splitting ends
 * (KAFKA-8350 did not). Memory: the parts are written before the whole is freed, into buffers that are not admitted anew; they share what
 * the whole was charged, which may be less than they hold.
 */
public final class BatchSplit {

    private final RecordBatch whole;
    private final BufferPool pool;
    private final List<Integer> recordCounts = new ArrayList<>();
    private final List<Integer> recordBytes = new ArrayList<>();

    private BatchSplit(RecordBatch whole, BufferPool pool) {
        this.whole = whole;
        this.pool = pool;
    }

    /**
     * The parts, in order, closed, without stamps; the whole is done and freed.
     *
     * @param whole a batch of several records that no request carries, and that no attempt can have written
     */
    public static List<RecordBatch> split(RecordBatch whole, BufferPool pool) {
        if (whole.recordCount() < 2 || whole.hasUnknownAttempt()) {
            throw new IllegalStateException("this batch cannot be split");
        }
        return new BatchSplit(whole, pool).split();
    }

    private List<RecordBatch> split() {
        plan();
        List<ByteBuffer> buffers = takeBuffers(); // first: without memory the whole stays as it is (F76)
        List<RecordBatch> parts = write(whole.outcome().split(firstIndices(), end()), buffers);
        shareReportables(parts);
        whole.endWhole(pool);
        return parts;
    }

    /** Decides how many records go into each part. */
    private void plan() {
        int most = whole.recordBytes() / 2;
        int count = 0;
        int bytes = 0;
        for (ByteBuffer segment : whole.records()) {
            var reader = new RecordReader(new ByteBuffer[] {segment});
            int at = segment.position();
            while (reader.next()) {
                int size = segment.position() - at;
                at = segment.position();
                if (count > 0 && bytes + size > most) {
                    recordCounts.add(count);
                    recordBytes.add(bytes);
                    count = 0;
                    bytes = 0;
                }
                count++;
                bytes += size;
            }
        }
        recordCounts.add(count);
        recordBytes.add(bytes);
    }

    private List<ByteBuffer> takeBuffers() {
        var buffers = new ArrayList<ByteBuffer>(recordBytes.size());
        boolean all = false;
        try {
            for (int bytes : recordBytes) {
                buffers.add(pool.take(RecordBatch.HEADER_BYTES + bytes));
            }
            all = true;
            return buffers;
        } finally {
            if (!all) {
                buffers.forEach(pool::give);
            }
        }
    }

    /** The index of each part's first record: those of cancelled messages have no record any more. */
    private int[] firstIndices() {
        var first = new int[recordCounts.size()];
        BatchOutcome outcome = whole.outcome();
        int index = outcome.firstIndex();
        first[0] = index;
        for (int part = 1; part < first.length; part++) {
            for (int left = recordCounts.get(part - 1); left > 0; index++) {
                left -= outcome.isCancelled(index) ? 0 : 1;
            }
            first[part] = index;
        }
        return first;
    }

    private int end() {
        return whole.outcome().firstIndex() + whole.messageCount();
    }

    private List<RecordBatch> write(BatchOutcome[] outcomes, List<ByteBuffer> buffers) {
        List<RecordBatch> parts = new ArrayList<>(outcomes.length);
        var reader = new RecordReader(whole.records());
        long charge = whole.chargedBytes();
        for (int i = 0; i < outcomes.length; i++) {
            var part = new RecordBatch(whole, outcomes[i], buffers.get(i));
            for (int left = recordCounts.get(i); left > 0; left--) {
                reader.next();
                part.append(
                        reader.key(),
                        reader.value(),
                        reader.headers(),
                        whole.baseTimestamp() + reader.timestampDelta());
            }
            boolean isLast = i == outcomes.length - 1;
            long share = isLast ? charge : whole.chargedBytes() * recordBytes.get(i) / whole.recordBytes();
            charge -= share;
            int end = isLast ? end() : outcomes[i + 1].firstIndex();
            part.endPart(end - outcomes[i].firstIndex(), share);
            parts.add(part);
        }
        return parts;
    }

    private void shareReportables(List<RecordBatch> parts) {
        List<Reportable> all = whole.reportables();
        if (all == null) {
            return;
        }
        int[] first = firstIndices();
        for (Reportable message : all) {
            int at = Arrays.binarySearch(first, message.index());
            parts.get(at >= 0 ? at : -at - 2).addReportable(message);
        }
    }
}
