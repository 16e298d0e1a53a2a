package dev.tubepost.protocol;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.types.RawTaggedField;

/** Replies as Apache's classes, one that is empty and one with everything. <em>Static, without state.</em> */
final class Examples {

    private static final Uuid ID = new Uuid(1L << 40, 2);

    private Examples() {}

    static List<ApiMessage> of(ApiKeys key, int version) {
        List<ApiMessage> all = new ArrayList<>();
        all.add(key.messageType.newResponse());
        all.add(
                switch (key) {
                    case PRODUCE -> produce(version);
                    case METADATA -> metadata(version);
                    case API_VERSIONS -> versions();
                    case SASL_HANDSHAKE ->
                        new SaslHandshakeResponseData().setMechanisms(List.of("PLAIN", "SCRAM-SHA-256"));
                    case SASL_AUTHENTICATE ->
                        new SaslAuthenticateResponseData()
                                .setErrorMessage("no")
                                .setAuthBytes(new byte[] {'r', '=', 'x'})
                                .setSessionLifetimeMs(version >= 1 ? 1_000 : 0);
                    default -> key.messageType.newResponse();
                });
        if (ApiKey.valueOf(key.name()).isFlexible(version) && key != ApiKeys.SASL_HANDSHAKE) {
            all.forEach(each -> each.unknownTaggedFields().add(new RawTaggedField(100, new byte[] {1, 2, 3})));
        }
        return all;
    }

    private static ApiMessage versions() {
        var answer = new ApiVersionsResponseData();
        for (short key = 0; key < 5; key++) {
            answer.apiKeys()
                    .add(new ApiVersionsResponseData.ApiVersion().setApiKey(key).setMaxVersion((short) 9));
        }
        return answer;
    }

    private static ApiMessage metadata(int version) {
        var answer = new MetadataResponseData().setControllerId(1);
        answer.brokers()
                .add(new MetadataResponseData.MetadataResponseBroker()
                        .setNodeId(1)
                        .setHost("kafka1")
                        .setPort(9092)
                        .setRack("r"));
        var topic = new MetadataResponseData.MetadataResponseTopic().setName("t");
        if (version >= 10) {
            topic.setTopicId(ID);
        }
        topic.partitions()
                .add(new MetadataResponseData.MetadataResponsePartition()
                        .setLeaderId(1)
                        .setReplicaNodes(List.of(1, 2))
                        .setIsrNodes(List.of(1)));
        answer.topics().add(topic);
        return version >= 2 ? answer.setClusterId("id") : answer;
    }

    private static ApiMessage produce(int version) {
        var partition = new ProduceResponseData.PartitionProduceResponse().setBaseOffset(5);
        if (version >= 8) {
            partition.setErrorMessage("no");
            partition
                    .recordErrors()
                    .add(new ProduceResponseData.BatchIndexAndErrorMessage().setBatchIndexErrorMessage("x"));
        }
        var answer = new ProduceResponseData();
        if (version >= 10) {
            partition.setCurrentLeader(
                    new ProduceResponseData.LeaderIdAndEpoch().setLeaderId(1).setLeaderEpoch(2));
            answer.nodeEndpoints()
                    .add(new ProduceResponseData.NodeEndpoint()
                            .setNodeId(1)
                            .setHost("kafka1")
                            .setPort(9092));
        }
        var topic = new ProduceResponseData.TopicProduceResponse().setPartitionResponses(List.of(partition));
        answer.responses().add(version >= 13 ? topic.setTopicId(ID) : topic.setName("t"));
        return answer;
    }
}
