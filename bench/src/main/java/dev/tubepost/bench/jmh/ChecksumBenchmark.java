package dev.tubepost.bench.jmh;

import dev.tubepost.internal.batch.BatchOutcome;
import dev.tubepost.internal.batch.RecordBatch;
import dev.tubepost.protocol.RecordBatchHeader;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A batch's CRC-32C, per record, in batches of {@value #RECORDS}: read at once when the batch is sealed ({@code checksum}); or from that of the records
 * and that of the header, without reading the records again ({@code joined}). The same with what is before it, a batch that is filled and sealed:
 * {@code fillAndRead}, and {@code fillTakingAlong}, where the appending thread takes the checksum a few KiB at a time. Here all bytes are in the nearest
 * caches; what is gained where they have left these, only a load shows.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChecksumBenchmark {

    private static final int RECORDS = 128;
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final RecordHeader[] NO_HEADERS = {};
    private static final RecordBatchHeader HEADER =
            new RecordBatchHeader(0, RECORDS - 1, 0, RECORDS, 1, (short) 0, 0, RECORDS);

    /** Bytes of a value. */
    @Param({"100", "1000"})
    public int size = 100;

    private final ByteBuffer segment = ByteBuffer.allocateDirect(SEGMENT_BYTES);
    private byte[] value = {};
    private ByteBuffer[] filled = {};
    private int filledBytes;

    @Setup
    public void fill() {
        value = new byte[size];
        RecordBatch batch = filled(false, ByteBuffer.allocateDirect(SEGMENT_BYTES));
        filled = batch.wire();
        filledBytes = batch.wireBytes();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int checksum() {
        return RecordBatchHeader.checksum(filled);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public ByteBuffer joined() {
        HEADER.seal(filled, filledBytes, 0x1234_5678); // what it costs is the same with any checksum
        return filled[0];
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public ByteBuffer[] fillAndRead() {
        return filled(false, segment.clear()).wire();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public ByteBuffer[] fillTakingAlong() {
        return filled(true, segment.clear()).wire();
    }

    /** A batch as a queue fills it, ready to be sent. */
    private RecordBatch filled(boolean takesChecksumAlong, ByteBuffer into) {
        var batch = new RecordBatch(new BatchOutcome("topic", 0), 0, 0);
        if (takesChecksumAlong) {
            batch.takeChecksumAlong();
        }
        batch.addSegment(into, 0);
        for (int i = 0; i < RECORDS; i++) {
            int index = batch.append(null, value, NO_HEADERS, i);
            assert index == i;
        }
        batch.close();
        batch.keepRaw();
        return batch;
    }
}
