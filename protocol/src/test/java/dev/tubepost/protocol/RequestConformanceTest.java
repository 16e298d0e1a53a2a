package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What we write is what Apache's generated classes read, field by field and byte by byte, in every version. */
final class RequestConformanceTest {

    private static final int VALUES_PER_VERSION = 100;

    static List<Integer> apiVersionsVersions() {
        return versions(0, 5);
    }

    static List<Integer> metadataVersions() {
        return versions(1, 13);
    }

    static List<Integer> produceVersions() {
        return versions(3, 13);
    }

    static List<Integer> initProducerIdVersions() {
        return versions(0, 5);
    }

    static List<Integer> saslAuthenticateVersions() {
        return versions(0, 2);
    }

    private static List<Integer> versions(int from, int to) {
        List<Integer> all = new ArrayList<>();
        for (int version = from; version <= to; version++) {
            all.add(version);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("apiVersionsVersions")
    void apiVersions(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var values = new Values(seed);
            String clientId = values.string();
            // A broker that checks names refuses odd ones (KIP-511), so these are of ours.
            var ours = new ApiVersionsRequest("tubepost" + seed, "1." + seed, values.nullableString(), values.int32());
            var theirs = Apache.readRequest(
                    ApiKeys.API_VERSIONS,
                    version,
                    clientId,
                    ours.frame(version, clientId),
                    new ApiVersionsRequestData());
            if (version >= 3) {
                assertThat(theirs.clientSoftwareName()).isEqualTo(ours.softwareName());
                assertThat(theirs.clientSoftwareVersion()).isEqualTo(ours.softwareVersion());
            }
            if (version >= 5) {
                assertThat(theirs.clusterId()).isEqualTo(ours.clusterId());
                assertThat(theirs.nodeId()).isEqualTo(ours.nodeId());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("metadataVersions")
    void metadata(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var values = new Values(seed);
            String clientId = values.string();
            List<String> topics = values.below(5) == 0 ? null : values.list(6, values::string);
            boolean create = version < 4 || values.bool();
            var theirs = Apache.readRequest(
                    ApiKeys.METADATA,
                    version,
                    clientId,
                    MetadataRequest.forTopics(topics, create).frame(version, clientId),
                    new MetadataRequestData());
            if (topics == null) {
                assertThat(theirs.topics()).isNull();
            } else {
                assertThat(theirs.topics())
                        .extracting(MetadataRequestData.MetadataRequestTopic::name)
                        .containsExactlyElementsOf(topics);
                assertThat(theirs.topics()).allMatch(topic -> topic.topicId().equals(Uuid.ZERO_UUID));
            }
            assertThat(theirs.allowAutoTopicCreation()).isEqualTo(create);
            assertThat(theirs.includeTopicAuthorizedOperations()).isFalse();
            assertThat(theirs.includeClusterAuthorizedOperations()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("produceVersions")
    void produce(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var values = new Values(seed);
            String clientId = values.string();
            int[] nextName = {0};
            var ours = new ProduceRequest(
                    values.nullableString(),
                    (short) (values.below(3) - 1),
                    values.int32(),
                    values.list(4, () -> topic(values, nextName[0]++)));
            var theirs = Apache.readRequest(
                    ApiKeys.PRODUCE,
                    version,
                    clientId,
                    Apache.joined(ours.frame(version, clientId)),
                    new ProduceRequestData());
            assertThat(theirs.transactionalId()).isEqualTo(ours.transactionalId());
            assertThat(theirs.acks()).isEqualTo(ours.acks());
            assertThat(theirs.timeoutMs()).isEqualTo(ours.timeoutMillis());
            compare(version, ours.topics(), new ArrayList<>(theirs.topicData()));
        }
    }

    @ParameterizedTest
    @MethodSource("initProducerIdVersions")
    void initProducerId(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var values = new Values(seed);
            String clientId = values.string();
            var ours = new InitProducerIdRequest(
                    values.nullableString(), values.int32(), values.int64(), (short) values.int32());
            var theirs = Apache.readRequest(
                    ApiKeys.INIT_PRODUCER_ID,
                    version,
                    clientId,
                    ours.frame(version, clientId),
                    new InitProducerIdRequestData());
            assertThat(theirs.transactionalId()).isEqualTo(ours.transactionalId());
            assertThat(theirs.transactionTimeoutMs()).isEqualTo(ours.transactionTimeoutMillis());
            assertThat(theirs.producerId()).isEqualTo(version >= 3 ? ours.producerId() : -1);
            assertThat(theirs.producerEpoch()).isEqualTo(version >= 3 ? ours.producerEpoch() : -1);
        }
    }

    private static ProduceRequest.Topic topic(Values values, int number) {
        Uuid id = values.uuid();
        int[] index = {0};
        return new ProduceRequest.Topic(
                "topic-" + number + values.string(),
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()),
                values.list(5, () -> partition(values, index[0]++)));
    }

    private static ProduceRequest.Partition partition(Values values, int index) {
        ByteBuffer[] records = values.list(3, () -> values.bytes(300)).toArray(new ByteBuffer[0]);
        return new ProduceRequest.Partition(
                index, records, Apache.joined(records).remaining());
    }

    private static void compare(
            int version, List<ProduceRequest.Topic> ours, List<ProduceRequestData.TopicProduceData> theirs) {
        assertThat(theirs).hasSize(ours.size());
        for (int t = 0; t < ours.size(); t++) {
            if (version >= 13) {
                UUID id = ours.get(t).id();
                assertThat(theirs.get(t).topicId())
                        .isEqualTo(new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits()));
            } else {
                assertThat(theirs.get(t).name()).isEqualTo(ours.get(t).name());
            }
            var partitions = theirs.get(t).partitionData();
            assertThat(partitions).hasSize(ours.get(t).partitions().size());
            for (int p = 0; p < partitions.size(); p++) {
                var partition = ours.get(t).partitions().get(p);
                assertThat(partitions.get(p).index()).isEqualTo(partition.index());
                var records = (MemoryRecords) partitions.get(p).records();
                assertThat(records.buffer()).isEqualTo(rewound(partition.records()));
            }
        }
    }

    private static ByteBuffer rewound(ByteBuffer[] records) {
        ByteBuffer[] all = new ByteBuffer[records.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = records[i].duplicate().rewind();
        }
        return Apache.joined(all);
    }

    @ParameterizedTest
    @MethodSource("saslAuthenticateVersions")
    void saslAuthenticate(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var values = new Values(seed);
            String clientId = values.string();
            byte[] bytes = values.bytes(300).array();
            var theirs = Apache.readRequest(
                    ApiKeys.SASL_AUTHENTICATE,
                    version,
                    clientId,
                    new SaslAuthenticateRequest(bytes).frame(version, clientId),
                    new SaslAuthenticateRequestData());
            assertThat(theirs.authBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void saslHandshake() {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var values = new Values(seed);
            String clientId = values.string();
            String mechanism = values.string();
            var theirs = Apache.readRequest(
                    ApiKeys.SASL_HANDSHAKE,
                    1,
                    clientId,
                    new SaslHandshakeRequest(mechanism).frame(1, clientId),
                    new SaslHandshakeRequestData());
            assertThat(theirs.mechanism()).isEqualTo(mechanism);
        }
    }

    @Test
    void whatProvesWhoWeAreIsNotShown() {
        assertThat(new SaslAuthenticateRequest(new byte[] {'s', 'e', 'c'}))
                .hasToString("SaslAuthenticateRequest[3 bytes]");
    }
}
