package dev.tubepost.protocol;

import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.jspecify.annotations.Nullable;

/** Seeded random responses as Apache's classes, with only such fields set as the version has. */
final class RandomResponses {

    private RandomResponses() {}

    static ApiVersionsResponseData apiVersions(Values values, int version) {
        var response = new ApiVersionsResponseData().setErrorCode(values.bool() ? 0 : (short) 42);
        if (version >= 1) {
            response.setThrottleTimeMs(values.int32());
        }
        for (int key = values.below(5); key < 100; key += 1 + values.below(20)) {
            int min = values.below(10);
            var range = new ApiVersionsResponseData.ApiVersion()
                    .setApiKey((short) key)
                    .setMinVersion((short) min)
                    .setMaxVersion((short) (min + values.below(10)));
            range.unknownTaggedFields().addAll(tags(values, version >= 3));
            response.apiKeys().add(range);
        }
        response.unknownTaggedFields().addAll(tags(values, version >= 3));
        return response;
    }

    static InitProducerIdResponseData initProducerId(Values values) {
        return new InitProducerIdResponseData()
                .setThrottleTimeMs(values.int32())
                .setErrorCode((short) values.int32())
                .setProducerId(values.int64())
                .setProducerEpoch((short) values.int32());
    }

    static SaslHandshakeResponseData saslHandshake(Values values) {
        return new SaslHandshakeResponseData()
                .setErrorCode(values.int16())
                .setMechanisms(values.list(6, values::string));
    }

    static SaslAuthenticateResponseData saslAuthenticate(Values values, int version) {
        var response =
                new SaslAuthenticateResponseData().setErrorCode(values.int16()).setErrorMessage(shortText(values));
        byte[] bytes = values.nullableBytes(300);
        response.setAuthBytes(bytes == null ? new byte[0] : bytes);
        if (version >= 1) {
            response.setSessionLifetimeMs(values.int64());
        }
        response.unknownTaggedFields().addAll(tags(values, version >= 2));
        return response;
    }

    static MetadataResponseData metadata(Values values, int version) {
        boolean flexible = version >= 9;
        var response = new MetadataResponseData().setControllerId(values.int32());
        if (version >= 2) {
            response.setClusterId(values.nullableString());
        }
        if (version >= 3) {
            response.setThrottleTimeMs(values.int32());
        }
        if (version >= 13) {
            response.setErrorCode(values.int16());
        }
        for (int id = 0; id < values.below(5); id++) {
            var broker = new MetadataResponseData.MetadataResponseBroker()
                    .setNodeId(id)
                    .setHost(values.string())
                    .setPort(values.int32())
                    .setRack(values.nullableString());
            broker.unknownTaggedFields().addAll(tags(values, flexible));
            response.brokers().add(broker);
        }
        for (int i = 0; i < values.below(5); i++) {
            response.topics().add(topic(values, version, i));
        }
        response.unknownTaggedFields().addAll(tags(values, flexible));
        return response;
    }

    private static MetadataResponseData.MetadataResponseTopic topic(Values values, int version, int number) {
        var topic = new MetadataResponseData.MetadataResponseTopic()
                .setErrorCode(values.int16())
                .setName(version >= 12 && values.below(5) == 0 ? null : "t" + number + values.string())
                .setIsInternal(values.bool());
        if (version >= 10) {
            topic.setTopicId(values.uuid());
        }
        if (version >= 8) {
            topic.setTopicAuthorizedOperations(values.int32());
        }
        for (int i = 0; i < values.below(6); i++) {
            var partition = new MetadataResponseData.MetadataResponsePartition()
                    .setErrorCode(values.int16())
                    .setPartitionIndex(values.int32())
                    .setLeaderId(values.int32())
                    .setReplicaNodes(values.list(4, values::int32))
                    .setIsrNodes(values.list(4, values::int32));
            if (version >= 5) {
                partition.setOfflineReplicas(values.list(4, values::int32));
            }
            if (version >= 7) {
                partition.setLeaderEpoch(values.int32());
            }
            partition.unknownTaggedFields().addAll(tags(values, version >= 9));
            topic.partitions().add(partition);
        }
        topic.unknownTaggedFields().addAll(tags(values, version >= 9));
        return topic;
    }

    static ProduceResponseData produce(Values values, int version) {
        boolean flexible = version >= 9;
        var response = new ProduceResponseData().setThrottleTimeMs(values.int32());
        for (int i = 0; i < values.below(4); i++) {
            var topic = new ProduceResponseData.TopicProduceResponse();
            if (version >= 13) {
                topic.setTopicId(values.uuid());
            } else {
                topic.setName("t" + i + values.string()).setTopicId(Uuid.ZERO_UUID);
            }
            topic.setPartitionResponses(values.list(5, () -> partition(values, version)));
            topic.unknownTaggedFields().addAll(tags(values, flexible));
            response.responses().add(topic);
        }
        if (version >= 10) {
            for (int id = 0; id < values.below(3); id++) {
                response.nodeEndpoints()
                        .add(new ProduceResponseData.NodeEndpoint()
                                .setNodeId(id)
                                .setHost(values.string())
                                .setPort(values.int32())
                                .setRack(values.nullableString()));
            }
        }
        response.unknownTaggedFields().addAll(tags(values, flexible));
        return response;
    }

    private static ProduceResponseData.PartitionProduceResponse partition(Values values, int version) {
        var partition = new ProduceResponseData.PartitionProduceResponse()
                .setIndex(values.int32())
                .setErrorCode(values.int16())
                .setBaseOffset(values.int64())
                .setLogAppendTimeMs(values.int64());
        if (version >= 5) {
            partition.setLogStartOffset(values.int64());
        }
        if (version >= 8) {
            partition.setErrorMessage(shortText(values));
            partition.setRecordErrors(values.list(3, () -> recordError(values, version)));
        }
        if (version >= 10 && values.bool()) {
            partition.setCurrentLeader(new ProduceResponseData.LeaderIdAndEpoch()
                    .setLeaderId(values.int32())
                    .setLeaderEpoch(values.int32()));
        }
        partition.unknownTaggedFields().addAll(tags(values, version >= 9));
        return partition;
    }

    private static ProduceResponseData.BatchIndexAndErrorMessage recordError(Values values, int version) {
        var error = new ProduceResponseData.BatchIndexAndErrorMessage()
                .setBatchIndex(values.int32())
                .setBatchIndexErrorMessage(shortText(values));
        error.unknownTaggedFields().addAll(tags(values, version >= 9));
        return error;
    }

    private static @Nullable String shortText(Values values) {
        return values.nullableString();
    }

    private static List<RawTaggedField> tags(Values values, boolean flexible) {
        return flexible ? values.unknownTags() : List.of();
    }
}
