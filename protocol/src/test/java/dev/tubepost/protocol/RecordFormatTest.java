package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records and batches, both ways against Apache's classes. */
final class RecordFormatTest {

    @SuppressWarnings("ArrayRecordComponent")
    private record Sample(long timestamp, byte @Nullable [] key, byte @Nullable [] value, RecordHeader[] headers) {}

    @Test
    void whatWeWriteIsWhatApacheReads() {
        for (int seed = 0; seed < 200; seed++) {
            List<Sample> samples = samples(new Values(seed));
            ByteBuffer batch = write(samples);
            var records = MemoryRecords.readableRecords(batch);
            var only = records.batches().iterator().next();
            only.ensureValid();
            assertThat(only.magic()).isEqualTo((byte) 2);
            assertThat(only.countOrNull()).isEqualTo(samples.size());
            assertThat(only.maxTimestamp())
                    .isEqualTo(
                            samples.stream().mapToLong(Sample::timestamp).max().orElseThrow());
            assertThat(only.hasProducerId()).isFalse();
            int i = 0;
            for (Record record : only) {
                Sample sample = samples.get(i);
                assertThat(record.offset()).isEqualTo(i);
                assertThat(record.timestamp()).isEqualTo(sample.timestamp());
                assertThat(bytes(record.key())).isEqualTo(sample.key());
                assertThat(bytes(record.value())).isEqualTo(sample.value());
                assertThat(record.headers()).hasSize(sample.headers().length);
                for (int h = 0; h < sample.headers().length; h++) {
                    assertThat(record.headers()[h].key().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                            .isEqualTo(sample.headers()[h].name());
                    assertThat(record.headers()[h].value()).isEqualTo(sample.headers()[h].value());
                }
                i++;
            }
            assertThat(i).isEqualTo(samples.size());
        }
    }

    @Test
    void whatApacheWritesIsWhatWeReadAndWriteAgain() {
        for (int seed = 0; seed < 200; seed++) {
            List<Sample> samples = samples(new Values(seed));
            ByteBuffer theirs = apache(samples);
            var reader = new RecordReader(new ByteBuffer[] {theirs.duplicate().position(61)});
            long base = theirs.getLong(27);
            for (int i = 0; i < samples.size(); i++) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.offsetDelta()).isEqualTo(i);
                assertThat(base + reader.timestampDelta())
                        .isEqualTo(samples.get(i).timestamp());
                assertThat(reader.key()).isEqualTo(samples.get(i).key());
                assertThat(reader.value()).isEqualTo(samples.get(i).value());
                assertThat(reader.headers()).hasSameSizeAs(samples.get(i).headers());
            }
            assertThat(reader.next()).isFalse();
            assertThat(write(samples)).as("byte by byte").isEqualTo(theirs);
        }
    }

    @Test
    void numbersOfEveryWidthAreWrittenAsApacheWritesThem() {
        long[] timestamps = {0, 1, -1, 63, 64, -64, -65, 8191, 8192, -8192, -8193, Integer.MAX_VALUE, Long.MIN_VALUE};
        int[] offsets = {0, 63, 64, 8191, 8192, 1 << 20, Integer.MAX_VALUE};
        int[] sizes = {0, 1, 50, 55, 56, 57, 58, 63, 64, 8170, 8180, 8185, 8190, 8192, 70_000};
        for (long timestamp : timestamps) {
            for (int offset : offsets) {
                for (int size : sizes) {
                    byte[] value = new byte[size];
                    ByteBuffer ours = ByteBuffer.allocate(RecordFormat.maxSize(null, value, new RecordHeader[0]));
                    RecordFormat.write(ours, offset, timestamp, null, value, new RecordHeader[0]);
                    assertThat(ours.flip()).isEqualTo(apache(offset, timestamp, value));
                }
            }
        }
    }

    private static ByteBuffer apache(int offset, long timestamp, byte[] value) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            DefaultRecord.writeTo(out, offset, timestamp, null, ByteBuffer.wrap(value), new Header[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteBuffer.wrap(bytes.toByteArray());
    }

    @Test
    void neverTakesMoreThanItSaid() {
        for (int seed = 0; seed < 500; seed++) {
            for (Sample sample : samples(new Values(seed))) {
                int most = RecordFormat.maxSize(sample.key(), sample.value(), sample.headers());
                ByteBuffer exact = ByteBuffer.allocate(most);
                RecordFormat.write(
                        exact, Integer.MAX_VALUE, Long.MIN_VALUE, sample.key(), sample.value(), sample.headers());
                assertThat(exact.position()).isLessThanOrEqualTo(most);
            }
        }
    }

    @Test
    void theChecksumCoversEveryByteBehindIt() {
        ByteBuffer batch = write(samples(new Values(3)));
        int right = RecordBatchHeader.checksum(new ByteBuffer[] {batch});
        assertThat(batch.getInt(17)).isEqualTo(right);
        for (int at = 21; at < batch.limit(); at++) {
            batch.put(at, (byte) (batch.get(at) ^ 1));
            assertThat(RecordBatchHeader.checksum(new ByteBuffer[] {batch})).isNotEqualTo(right);
            batch.put(at, (byte) (batch.get(at) ^ 1));
        }
    }

    @Test
    void theChecksumDoesNotDependOnHowTheBytesAreCut() {
        ByteBuffer batch = write(samples(new Values(5)));
        int whole = RecordBatchHeader.checksum(new ByteBuffer[] {batch});
        for (int cut = 61; cut < batch.limit(); cut += 7) {
            ByteBuffer head = batch.slice(0, cut);
            ByteBuffer tail = batch.slice(cut, batch.limit() - cut);
            assertThat(RecordBatchHeader.checksum(new ByteBuffer[] {head, tail}))
                    .isEqualTo(whole);
        }
    }

    private static List<Sample> samples(Values values) {
        List<Sample> samples = new ArrayList<>();
        int count = 1 + values.below(20);
        for (int i = 0; i < count; i++) {
            RecordHeader[] headers = values.list(3, () -> RecordHeader.of(values.string(), values.nullableBytes(20)))
                    .toArray(new RecordHeader[0]);
            samples.add(new Sample(
                    1_700_000_000_000L + values.below(100_000) - 50_000,
                    values.nullableBytes(40),
                    values.nullableBytes(300),
                    headers));
        }
        return samples;
    }

    private static ByteBuffer write(List<Sample> samples) {
        ByteBuffer batch = ByteBuffer.allocate(20_000).position(61);
        long base = samples.get(0).timestamp();
        long newest = base;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            newest = Math.max(newest, sample.timestamp());
            RecordFormat.write(batch, i, sample.timestamp() - base, sample.key(), sample.value(), sample.headers());
        }
        batch.flip();
        new RecordBatchHeader(0, samples.size() - 1, base, newest, -1, (short) -1, -1, samples.size())
                .seal(new ByteBuffer[] {batch}, batch.remaining());
        return batch;
    }

    private static ByteBuffer apache(List<Sample> samples) {
        SimpleRecord[] records = samples.stream()
                .map(sample -> {
                    var headers = new RecordHeaders();
                    for (RecordHeader header : sample.headers()) {
                        headers.add(new String(header.name(), java.nio.charset.StandardCharsets.UTF_8), header.value());
                    }
                    return new SimpleRecord(sample.timestamp(), sample.key(), sample.value(), headers.toArray());
                })
                .toArray(SimpleRecord[]::new);
        return MemoryRecords.withRecords(
                        (byte) 2,
                        0L,
                        Compression.NONE,
                        TimestampType.CREATE_TIME,
                        -1,
                        (short) -1,
                        -1,
                        -1,
                        false,
                        records)
                .buffer();
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
