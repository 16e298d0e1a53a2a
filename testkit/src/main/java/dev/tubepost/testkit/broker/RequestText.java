package dev.tubepost.testkit.broker;

import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.record.internal.MemoryRecords;

/** A request in a line, for whoever reads the trace. <em>Static, without state.</em> */
final class RequestText {

    private RequestText() {}

    static String of(Wire.Request request) {
        String head = request.key() + " v" + request.version() + " #" + request.correlationId() + " ";
        if (!(request.body() instanceof ProduceRequestData produce)) {
            return head + request.body();
        }
        var text = new StringBuilder(head).append("acks ").append(produce.acks());
        produce.topicData()
                .forEach(topic -> topic.partitionData()
                        .forEach(partition -> ((MemoryRecords) partition.records())
                                .batches()
                                .forEach(batch -> text.append(", ")
                                        .append(topic.name())
                                        .append('/')
                                        .append(partition.index())
                                        .append(": id ")
                                        .append(batch.producerId())
                                        .append(" epoch ")
                                        .append(batch.producerEpoch())
                                        .append(" sequence ")
                                        .append(batch.baseSequence())
                                        .append("..")
                                        .append(batch.lastSequence()))));
        return text.toString();
    }
}
