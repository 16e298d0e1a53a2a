package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Apache's generated classes write is what we read, field by field, in every version, with tagged fields from the future among it. */
final class ResponseConformanceTest {

    private static final int VALUES_PER_VERSION = 100;

    static List<Integer> apiVersionsVersions() {
        return RequestConformanceTest.apiVersionsVersions();
    }

    static List<Integer> metadataVersions() {
        return RequestConformanceTest.metadataVersions();
    }

    static List<Integer> produceVersions() {
        return RequestConformanceTest.produceVersions();
    }

    static List<Integer> initProducerIdVersions() {
        return RequestConformanceTest.initProducerIdVersions();
    }

    static List<Integer> saslAuthenticateVersions() {
        return RequestConformanceTest.saslAuthenticateVersions();
    }

    // ---- ApiVersions ----

    @ParameterizedTest
    @MethodSource("apiVersionsVersions")
    void apiVersions(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var theirs = RandomResponses.apiVersions(new Values(seed), version);
            WireReader body = reader(ApiKeys.API_VERSIONS, version, seed, theirs);
            var ours = ApiVersionsResponse.read(body, version);
            assertThat(body.remaining()).isZero();
            assertThat(ours.errorCode()).isEqualTo(theirs.errorCode());
            assertThat(ours.versions()).hasSize(theirs.apiKeys().size());
            for (var key : theirs.apiKeys()) {
                assertThat(ours.versions().get(key.apiKey()))
                        .isEqualTo(new VersionRange(key.minVersion(), key.maxVersion()));
            }
        }
    }

    @Test
    void aBrokerThatDoesNotKnowTheVersionAnswersInTheFormOfVersionZero() { // KIP-511
        var theirs = new ApiVersionsResponseData().setErrorCode(ErrorCode.UNSUPPORTED_VERSION.code());
        theirs.apiKeys()
                .add(new ApiVersionsResponseData.ApiVersion()
                        .setApiKey(ApiKey.API_VERSIONS.id())
                        .setMinVersion((short) 0)
                        .setMaxVersion((short) 2));
        for (int asked : apiVersionsVersions()) {
            var ours = ApiVersionsResponse.read(new WireReader(Apache.body(theirs, 0), false), asked);
            assertThat(ours.errorCode()).isEqualTo((short) 35);
            assertThat(ours.of(ApiKey.API_VERSIONS)).isEqualTo(new VersionRange(0, 2));
        }
    }

    // ---- Metadata ----

    @ParameterizedTest
    @MethodSource("metadataVersions")
    void metadata(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var theirs = RandomResponses.metadata(new Values(seed), version);
            WireReader body = reader(ApiKeys.METADATA, version, seed, theirs);
            var ours = MetadataResponse.read(body, version);
            assertThat(body.remaining()).isZero();
            assertThat(ours.throttleMillis()).isEqualTo(theirs.throttleTimeMs());
            assertThat(ours.clusterId()).isEqualTo(theirs.clusterId());
            assertThat(ours.controllerId()).isEqualTo(theirs.controllerId());
            assertThat(ours.errorCode()).isEqualTo(theirs.errorCode());
            assertThat(ours.brokers())
                    .containsExactlyElementsOf(theirs.brokers().stream()
                            .map(broker -> new MetadataResponse.Broker(
                                    broker.nodeId(), broker.host(), broker.port(), broker.rack()))
                            .toList());
            assertThat(ours.topics())
                    .containsExactlyElementsOf(theirs.topics().stream()
                            .map(ResponseConformanceTest::topic)
                            .toList());
        }
    }

    private static MetadataResponse.Topic topic(MetadataResponseData.MetadataResponseTopic topic) {
        return new MetadataResponse.Topic(
                topic.errorCode(),
                topic.name(),
                uuid(topic.topicId()),
                topic.isInternal(),
                topic.partitions().stream()
                        .map(partition -> new MetadataResponse.Partition(
                                partition.errorCode(),
                                partition.partitionIndex(),
                                partition.leaderId(),
                                partition.leaderEpoch(),
                                partition.replicaNodes(),
                                partition.isrNodes(),
                                partition.offlineReplicas()))
                        .toList());
    }

    // ---- Produce ----

    @ParameterizedTest
    @MethodSource("produceVersions")
    void produce(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var theirs = RandomResponses.produce(new Values(seed), version);
            WireReader body = reader(ApiKeys.PRODUCE, version, seed, theirs);
            var ours = ProduceResponse.read(body, version);
            assertThat(body.remaining()).isZero();
            assertThat(ours.throttleMillis()).isEqualTo(theirs.throttleTimeMs());
            assertThat(ours.nodeEndpoints())
                    .containsExactlyElementsOf(theirs.nodeEndpoints().stream()
                            .map(node -> new ProduceResponse.NodeEndpoint(
                                    node.nodeId(), node.host(), node.port(), node.rack()))
                            .toList());
            assertThat(ours.topics())
                    .containsExactlyElementsOf(theirs.responses().stream()
                            .map(topic -> new ProduceResponse.Topic(
                                    version >= 13 ? "" : topic.name(),
                                    uuid(topic.topicId()),
                                    topic.partitionResponses().stream()
                                            .map(ResponseConformanceTest::partition)
                                            .toList()))
                            .toList());
        }
    }

    private static ProduceResponse.Partition partition(ProduceResponseData.PartitionProduceResponse partition) {
        return new ProduceResponse.Partition(
                partition.index(),
                partition.errorCode(),
                partition.baseOffset(),
                partition.logAppendTimeMs(),
                partition.logStartOffset(),
                partition.recordErrors().stream()
                        .map(error ->
                                new ProduceResponse.RecordError(error.batchIndex(), error.batchIndexErrorMessage()))
                        .toList(),
                partition.errorMessage(),
                partition.currentLeader().leaderId(),
                partition.currentLeader().leaderEpoch());
    }

    // ---- InitProducerId ----

    @ParameterizedTest
    @MethodSource("initProducerIdVersions")
    void initProducerId(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var theirs = RandomResponses.initProducerId(new Values(seed));
            WireReader body = reader(ApiKeys.INIT_PRODUCER_ID, version, seed, theirs);
            var ours = InitProducerIdResponse.read(body, version);
            assertThat(body.remaining()).isZero();
            assertThat(ours)
                    .isEqualTo(new InitProducerIdResponse(
                            theirs.throttleTimeMs(), theirs.errorCode(), theirs.producerId(), theirs.producerEpoch()));
        }
    }

    // ---- SASL ----

    @Test
    void saslHandshake() {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var theirs = RandomResponses.saslHandshake(new Values(seed));
            WireReader body = reader(ApiKeys.SASL_HANDSHAKE, 1, seed, theirs);
            var ours = SaslHandshakeResponse.read(body, 1);
            assertThat(body.remaining()).isZero();
            assertThat(ours).isEqualTo(new SaslHandshakeResponse(theirs.errorCode(), theirs.mechanisms()));
        }
    }

    @ParameterizedTest
    @MethodSource("saslAuthenticateVersions")
    void saslAuthenticate(int version) {
        for (int seed = 0; seed < VALUES_PER_VERSION; seed++) {
            var theirs = RandomResponses.saslAuthenticate(new Values(seed), version);
            WireReader body = reader(ApiKeys.SASL_AUTHENTICATE, version, seed, theirs);
            var ours = SaslAuthenticateResponse.read(body, version);
            assertThat(body.remaining()).isZero();
            assertThat(ours.errorCode()).isEqualTo(theirs.errorCode());
            assertThat(ours.errorMessage()).isEqualTo(theirs.errorMessage());
            assertThat(ours.bytes()).isEqualTo(theirs.authBytes());
            assertThat(ours.sessionLifetimeMillis()).isEqualTo(theirs.sessionLifetimeMs());
        }
    }

    // ---- headers ----

    /** Skips the header as the connection does, and gives the body. */
    private static WireReader reader(
            ApiKeys api, int version, int correlationId, org.apache.kafka.common.protocol.Message theirs) {
        ByteBuffer response = Apache.response(api, version, correlationId, theirs);
        assertThat(response.getInt()).isEqualTo(correlationId);
        ApiKey key = ApiKey.valueOf(api.name());
        assertThat(key.id()).isEqualTo(api.id);
        var body = new WireReader(response, key.isFlexible(version));
        assertThat(key.responseHeaderVersion(version)).isEqualTo(api.responseHeaderVersion((short) version));
        if (key.responseHeaderVersion(version) >= 1) {
            body.skipTags();
        }
        return body;
    }

    private static UUID uuid(Uuid id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }
}
