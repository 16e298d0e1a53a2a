package dev.tubepost.bench.jmh;

import dev.tubepost.protocol.RecordBatchHeader;
import dev.tubepost.protocol.RecordFormat;
import dev.tubepost.protocol.RecordHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Encoding of records into a batch's buffer, and the header with its checksum; each per record, in batches of {@value #RECORDS}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordEncodingBenchmark {

    private static final int RECORDS = 128;
    private static final int BUFFER_BYTES = 256 << 10;
    private static final RecordHeader[] NO_HEADERS = {};
    private static final RecordHeader[] ONE_HEADER = {RecordHeader.of("trace", new byte[16])};

    /** Bytes of a value. */
    @Param({"100", "1000"})
    public int size = 100;

    private final byte[] key = new byte[16];
    private byte[] value = {};
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    @Setup
    public void makeValue() {
        value = new byte[size];
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public ByteBuffer valueOnly() {
        return encode(null, NO_HEADERS);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public ByteBuffer keyAndHeader() {
        return encode(key, ONE_HEADER);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public ByteBuffer valueOnlyAndSeal() {
        ByteBuffer batch = encode(null, NO_HEADERS).flip();
        var header = new RecordBatchHeader(0, RECORDS - 1, 0, RECORDS, -1, (short) -1, -1, RECORDS);
        header.seal(new ByteBuffer[] {batch}, batch.limit());
        return batch;
    }

    private ByteBuffer encode(byte @Nullable [] recordKey, RecordHeader[] headers) {
        buffer.clear().position(RecordBatchHeader.BYTES);
        for (int i = 0; i < RECORDS; i++) {
            RecordFormat.write(buffer, i, i, recordKey, value, headers);
        }
        return buffer;
    }
}
