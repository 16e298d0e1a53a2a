package dev.tubepost.testkit.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.LeaderIdAndEpoch;
import org.apache.kafka.common.message.ProduceResponseData.NodeEndpoint;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/** One Produce request at one broker: what is appended, and what is answered. <em>Confined to the run's thread.</em> */
final class ProduceAppend {

    /** Since KIP-951 the answer tells who leads instead. */
    private static final int FIRST_VERSION_WITH_LEADER = 10;

    private static final int FIRST_VERSION_WITH_TOPIC_ID = 13;

    private static final short ALL = -1;

    /** What a leader says that has appended, and lost the leadership before it answered. */
    private static final Set<Short> MOVED =
            Set.of(Errors.NOT_LEADER_OR_FOLLOWER.code(), Errors.UNKNOWN_TOPIC_OR_PARTITION.code());

    private final ModelBroker broker;
    private final ModelCluster cluster;
    private final short version;
    private final Fate whole;
    private final List<String> values = new ArrayList<>();
    private final Map<List<Object>, List<String>> byPartition = new HashMap<>();
    private final ProduceResponseData answer = new ProduceResponseData();
    private boolean waitsForReplicas;
    private boolean hasErrors;

    /** @param fate what becomes of the whole request; if that is good, each partition has a fate of its own */
    ProduceAppend(ModelBroker broker, short version, Fate fate) {
        this.broker = broker;
        this.cluster = broker.cluster();
        this.version = version;
        this.whole = fate;
    }

    ProduceResponseData append(ProduceRequestData request) {
        if (request.acks() < -1 || request.acks() > 1) {
            throw new IllegalStateException("acks " + request.acks());
        }
        for (TopicProduceData data : request.topicData()) {
            var topicAnswer = new TopicProduceResponse().setName(data.name()).setTopicId(data.topicId());
            ModelTopic topic = find(data);
            Set<Integer> named = new HashSet<>();
            for (PartitionProduceData partition : data.partitionData()) {
                if (!named.add(partition.index())) { // a broker takes one of the two
                    cluster.violation("a request names partition " + partition.index() + " of a topic twice");
                }
                topicAnswer.partitionResponses().add(append(data, topic, partition, request.acks()));
            }
            answer.responses().add(topicAnswer);
        }
        return answer;
    }

    /** What the answer, as it is, says to be written; of two entries for a partition the first one counts. */
    List<String> acknowledged(ProduceResponseData answered) {
        var all = new ArrayList<String>();
        var seen = new HashSet<List<Object>>();
        for (TopicProduceResponse topic : answered.responses()) {
            for (PartitionProduceResponse partition : topic.partitionResponses()) {
                List<Object> which = List.of(topic.name(), topic.topicId(), partition.index());
                if (seen.add(which) && partition.errorCode() == Fate.NO_ERROR) {
                    all.addAll(byPartition.getOrDefault(which, List.of()));
                }
            }
        }
        return all;
    }

    /** The values of all messages of the request. */
    List<String> values() {
        return values;
    }

    /** Whether a partition waits in vain for its replicas, so that there is no answer until the client's time for that is over. */
    boolean waitsForReplicas() {
        return waitsForReplicas;
    }

    boolean hasErrors() {
        return hasErrors;
    }

    private @Nullable ModelTopic find(TopicProduceData data) {
        return version >= FIRST_VERSION_WITH_TOPIC_ID ? cluster.topic(data.topicId()) : cluster.topic(data.name());
    }

    private PartitionProduceResponse append(
            TopicProduceData topicData, @Nullable ModelTopic topic, PartitionProduceData data, short acks) {
        MemoryRecords sent = (MemoryRecords) data.records();
        List<Appended> records = BatchReader.read(sent);
        List<String> here = records.stream().map(Appended::value).toList();
        values.addAll(here);
        byPartition.put(List.of(topicData.name(), topicData.topicId(), data.index()), here);
        RecordBatch batch = sent.batches().iterator().next();
        PartitionProduceResponse result = append(topic, data, batch, records, acks);
        cluster.history()
                .onBatch(
                        broker.id(),
                        (topic == null ? "" : topic.name()) + "/" + data.index(),
                        batch,
                        here,
                        result.errorCode(),
                        cluster.events().now());
        if (result.errorCode() != Fate.NO_ERROR) {
            cluster.fates().onError(result.errorCode(), here);
        }
        return result;
    }

    private PartitionProduceResponse append(
            @Nullable ModelTopic topic,
            PartitionProduceData data,
            RecordBatch batch,
            List<Appended> records,
            short acks) {
        var result = new PartitionProduceResponse()
                .setIndex(data.index())
                .setBaseOffset(-1)
                .setLogAppendTimeMs(-1)
                .setLogStartOffset(0);
        if (topic == null || data.index() >= topic.partitions().size()) {
            return error(
                    result,
                    version >= FIRST_VERSION_WITH_TOPIC_ID
                            ? Errors.UNKNOWN_TOPIC_ID
                            : Errors.UNKNOWN_TOPIC_OR_PARTITION);
        }
        ModelPartition partition = topic.partitions().get(data.index());
        if (partition.leader() != broker.id()) {
            cluster.fates().onNotLeader(records.stream().map(Appended::value).toList());
            return error(tellLeader(result, partition), Errors.NOT_LEADER_OR_FOLLOWER);
        }
        result.setLogStartOffset(partition.logStartOffset());
        if (batch.sizeInBytes() > cluster.messageLimit(topic.name())) {
            return error(
                    result,
                    batch.checksum() % 2 == 0
                            ? Errors.MESSAGE_TOO_LARGE
                            : Errors.RECORD_LIST_TOO_LARGE); // larger than a segment
        }
        if (acks == ALL && partition.lacksReplicas(cluster.events().now())) {
            return error(result, Errors.NOT_ENOUGH_REPLICAS);
        }
        Fate fate = whole.kind() == Fate.Kind.GOOD ? cluster.fates().ofPartition(acks) : whole;
        if (fate != whole) {
            cluster.fates().onHit(fate, records.stream().map(Appended::value).toList());
        }
        PartitionProduceResponse answered = append(fate, partition, batch, records, acks, result);
        partition.troubled(answered.errorCode() != Fate.NO_ERROR);
        return answered;
    }

    private PartitionProduceResponse append(
            Fate fate,
            ModelPartition partition,
            RecordBatch batch,
            List<Appended> records,
            short acks,
            PartitionProduceResponse result) {
        return switch (fate.kind()) {
            case CUT_BEFORE_APPEND -> result;
            case REFUSED -> {
                if (fate.error() == Errors.INVALID_RECORD.code()) {
                    cluster.fates().spoil(result);
                }
                yield error(result, fate.error());
            }
            case WRITTEN_BUT_ERROR -> {
                var written = new PartitionProduceResponse();
                Errors error = append(partition, batch, records, written);
                if (error == Errors.NONE
                        && MOVED.contains(fate.error())
                        && (acks != ALL || batch.checksum() % 2 == 0)) { // it proves that it is written, and without
                    result.setBaseOffset(written.baseOffset()); // replicas nothing else does
                }
                yield error(result, error == Errors.NONE ? fate.error() : error.code());
            }
            case GOOD, SLOW, CUT_AFTER_APPEND, CUT_IN_REPLY, REPLY_LOST -> {
                Errors error = append(partition, batch, records, result);
                yield error == Errors.NONE ? result : error(result, error);
            }
        };
    }

    /** Appends, unless an idempotent producer's batch is there already, or is not the next one. */
    private Errors append(
            ModelPartition partition, RecordBatch batch, List<Appended> records, PartitionProduceResponse result) {
        long appendMillis = partition.usesAppendTime() ? cluster.brokerMillis() : -1;
        if (batch.hasProducerId()) {
            List<String> values = records.stream().map(Appended::value).toList();
            String misuse = partition
                    .sequenceUse()
                    .misuse(batch, values, partition.producers().isNewEpoch(batch));
            if (misuse != null) {
                cluster.violation(misuse);
            }
            if (partition.producers().knows(batch) && cluster.fates().raisesEpoch()) {
                partition.producers().raiseEpoch(batch);
            }
            ProducerStates.Answer answer =
                    partition.producers().judge(batch, broker.profile().answersUnknownProducerId());
            if (answer.error() != Errors.NONE) {
                cluster.fates()
                        .onOutOfSequence(records.stream().map(Appended::value).toList());
                return answer.error();
            }
            if (answer.isDuplicate()) {
                cluster.fates()
                        .onDuplicate(records.stream().map(Appended::value).toList());
                result.setBaseOffset(answer.duplicateOf()).setLogAppendTimeMs(answer.appendMillis());
                return Errors.NONE;
            }
            partition.producers().appended(batch, partition.nextOffset(), appendMillis);
        }
        result.setBaseOffset(partition.nextOffset()).setLogAppendTimeMs(appendMillis);
        records.forEach(record -> partition.append(record, appendMillis < 0 ? record.timestamp() : appendMillis));
        return Errors.NONE;
    }

    private PartitionProduceResponse error(PartitionProduceResponse result, Errors error) {
        return error(result, error.code());
    }

    private PartitionProduceResponse error(PartitionProduceResponse result, short error) {
        hasErrors = true;
        waitsForReplicas |= error == Errors.REQUEST_TIMED_OUT.code();
        return result.setErrorCode(error);
    }

    private PartitionProduceResponse tellLeader(PartitionProduceResponse result, ModelPartition partition) {
        if (version >= FIRST_VERSION_WITH_LEADER && partition.leader() >= 0) {
            ModelBroker leader = cluster.broker(partition.leader());
            result.setCurrentLeader(new LeaderIdAndEpoch()
                    .setLeaderId(leader.id())
                    .setLeaderEpoch(partition.last().epoch()));
            if (answer.nodeEndpoints().find(leader.id()) == null) {
                answer.nodeEndpoints()
                        .add(new NodeEndpoint()
                                .setNodeId(leader.id())
                                .setHost(leader.host())
                                .setPort(ModelCluster.PORT));
            }
        }
        return result;
    }
}
