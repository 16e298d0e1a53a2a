package dev.tubepost.testkit.broker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Reads the records of a partition in a Produce request; anything but one good batch is the producer's mistake. <em>Static, without state.</em> */
final class BatchReader {

    private BatchReader() {}

    static List<Appended> read(MemoryRecords data) {
        var records = new ArrayList<Appended>();
        int batches = 0;
        for (MutableRecordBatch batch : data.batches()) {
            batches++;
            check(batch, data.sizeInBytes());
            for (Record record : batch) {
                records.add(new Appended(record.offset(), text(record.value()), record.timestamp(), content(record)));
            }
        }
        if (batches != 1 || records.isEmpty()) {
            throw new IllegalStateException(batches + " batches with " + records.size() + " records");
        }
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).offset() != i) {
                throw new IllegalStateException(
                        "record " + i + " has offset " + records.get(i).offset());
            }
        }
        return records;
    }

    private static long content(Record record) {
        var headers = new LinkedHashMap<String, byte[]>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        return Content.of(record.hasKey() ? record.key() : null, record.value(), headers);
    }

    private static void check(MutableRecordBatch batch, int bytes) {
        batch.ensureValid();
        if (batch.magic() != RecordBatch.MAGIC_VALUE_V2 || batch.sizeInBytes() != bytes || batch.isTransactional()) {
            throw new IllegalStateException(
                    "a batch of format " + batch.magic() + " with " + batch.sizeInBytes() + " of " + bytes + " bytes");
        }
    }

    /** What stands before the padding. */
    private static String text(ByteBuffer value) {
        ByteBuffer id = value.duplicate();
        for (int i = id.position(); i < id.limit(); i++) {
            if (id.get(i) == ModelCluster.PADDING) {
                id.limit(i);
            }
        }
        return StandardCharsets.UTF_8.decode(id).toString();
    }
}
