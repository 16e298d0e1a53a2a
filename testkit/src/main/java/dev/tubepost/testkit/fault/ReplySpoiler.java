package dev.tubepost.testkit.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.BatchIndexAndErrorMessage;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.protocol.types.RawTaggedField;

/** Makes of good answers odd ones, which are well-formed all the same. <em>Confined to the run's thread.</em> */
final class ReplySpoiler {

    private static final int LONGEST_THROTTLE_MILLIS = 1_500;
    private static final int LONG_TEXT_CHARS = 30_000;
    private static final int NO_SUCH_PARTITION = 9_999;
    private static final Uuid NO_SUCH_TOPIC = new Uuid(9_999, 9_999);

    private static final int FIRST_PRODUCE_WITH_TAGS = 9;
    private static final int FIRST_METADATA_WITH_TAGS = 9;
    private static final int FIRST_UNKNOWN_TAG = 100;
    private static final int FIRST_VERSION_WITH_TOP_ERROR = 13;

    private final Decisions decisions;

    ReplySpoiler(Decisions decisions) {
        this.decisions = decisions;
    }

    /** May change an answer to a Produce request. */
    void produce(ProduceResponseData answer, short version, Consumer<Injury> struck) {
        if (version >= FIRST_PRODUCE_WITH_TAGS) {
            when(Injury.UNKNOWN_TAGS, struck, details -> {
                addTag(answer.unknownTaggedFields(), details);
                answer.responses().forEach(topic -> addTag(topic.unknownTaggedFields(), details));
            });
        }
        when(
                Injury.THROTTLED,
                struck,
                details -> answer.setThrottleTimeMs(1 + details.nextInt(LONGEST_THROTTLE_MILLIS)));
        for (TopicProduceResponse topic : List.copyOf(answer.responses())) {
            List<PartitionProduceResponse> partitions = topic.partitionResponses();
            when(
                    Injury.ODD_OFFSET,
                    struck,
                    details -> partitions.stream()
                            .filter(each -> each.errorCode() == 0)
                            .forEach(each -> each.setBaseOffset(-1 - details.nextInt(5))));
            when(
                    Injury.LONG_TEXT,
                    struck,
                    details -> partitions.stream()
                            .filter(each -> each.errorCode() != 0)
                            .forEach(each ->
                                    each.setErrorMessage("\u001b[31m\r\n\0" + "long ".repeat(LONG_TEXT_CHARS / 5))));
            when(Injury.PARTITION_TWICE, struck, details -> {
                PartitionProduceResponse again = partitions.get(0).duplicate();
                partitions.add(again.setErrorCode(Errors.TOPIC_AUTHORIZATION_FAILED.code()));
            });
            when(Injury.STRANGE_PARTITION, struck, details -> {
                if (details.nextBoolean()) {
                    partitions.add(
                            details.nextInt(2), partitions.get(0).duplicate().setIndex(NO_SUCH_PARTITION));
                } else {
                    answer.responses()
                            .add(topic.duplicate()
                                    .setName("nobody-asked-for-it")
                                    .setTopicId(NO_SUCH_TOPIC));
                }
            });
            when(Injury.PARTITION_OMITTED, struck, details -> {
                int omitted = partitions.get(0).index();
                partitions.removeIf(
                        each -> each.index() == omitted); // else what was only the second entry would be the word on it
            });
        }
    }

    /** Names records that the broker does not like, and one that is not there (F28). */
    static void nameRecords(PartitionProduceResponse answer, SplittableRandom details) {
        answer.setErrorMessage("one of the records is not valid");
        answer.recordErrors()
                .add(new BatchIndexAndErrorMessage().setBatchIndex(0).setBatchIndexErrorMessage("bad"));
        if (details.nextBoolean()) {
            answer.recordErrors().add(new BatchIndexAndErrorMessage().setBatchIndex(0));
            answer.recordErrors().add(new BatchIndexAndErrorMessage().setBatchIndex(NO_SUCH_PARTITION));
            answer.recordErrors().add(new BatchIndexAndErrorMessage().setBatchIndex(-1));
        }
    }

    /** May change what is told of the cluster. */
    void metadata(MetadataResponseData answer, short version, Consumer<Injury> struck) {
        if (version >= FIRST_VERSION_WITH_TOP_ERROR) {
            when(
                    Injury.REBOOTSTRAP,
                    struck,
                    details -> answer.setErrorCode(Errors.REBOOTSTRAP_REQUIRED.code())
                            .setTopics(new MetadataResponseData.MetadataResponseTopicCollection())
                            .setBrokers(new MetadataResponseData.MetadataResponseBrokerCollection()));
        }
        for (MetadataResponseTopic topic : answer.topics()) {
            when(Injury.TOPIC_ABSENT, struck, details -> {
                topic.setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code());
                topic.setPartitions(new ArrayList<>());
            });
            when(Injury.TOPIC_DENIED, struck, details -> {
                topic.setErrorCode(
                        details.nextBoolean()
                                ? Errors.TOPIC_AUTHORIZATION_FAILED.code()
                                : Errors.INVALID_TOPIC_EXCEPTION.code());
                topic.setPartitions(new ArrayList<>());
            });
            when(Injury.NO_PARTITIONS, struck, details -> topic.setPartitions(new ArrayList<>()));
        }
        if (version >= FIRST_METADATA_WITH_TAGS) {
            when(Injury.UNKNOWN_TAGS, struck, details -> {
                addTag(answer.unknownTaggedFields(), details);
                answer.topics().forEach(topic -> addTag(topic.unknownTaggedFields(), details));
            });
        }
        when(Injury.ODD_NODES, struck, details -> {
            answer.brokers().add(node(-5, "minus-five", 9092));
            answer.brokers().add(node(77, "", 9092));
            answer.brokers().add(node(78, "no-port", 70_000));
            answer.brokers().add(node(79, "-1", 0));
            answer.setControllerId(-1);
        });
    }

    /** What a newer broker might say, of which this client knows nothing (F29). */
    private static void addTag(List<RawTaggedField> fields, SplittableRandom details) {
        fields.add(new RawTaggedField(FIRST_UNKNOWN_TAG + details.nextInt(1_000), new byte[details.nextInt(200)]));
    }

    private static MetadataResponseBroker node(int id, String host, int port) {
        return new MetadataResponseBroker().setNodeId(id).setHost(host).setPort(port);
    }

    /** May change what a broker says of itself. */
    void versions(ApiVersionsResponseData answer, Consumer<Injury> struck) {
        when(Injury.ODD_VERSIONS, struck, details -> {
            switch (details.nextInt(4)) {
                case 0 -> answer.apiKeys().clear();
                case 1 -> answer.apiKeys().forEach(each -> each.setMinVersion((short) (each.maxVersion() + 1)));
                case 2 -> answer.apiKeys().removeIf(each -> each.apiKey() == ApiKeys.PRODUCE.id);
                default -> answer.setErrorCode(Errors.UNKNOWN_SERVER_ERROR.code());
            }
        });
    }

    private void when(Injury injury, Consumer<Injury> struck, Consumer<SplittableRandom> change) {
        if (decisions.strikes(injury)) {
            change.accept(decisions.details());
            struck.accept(injury);
        }
    }
}
