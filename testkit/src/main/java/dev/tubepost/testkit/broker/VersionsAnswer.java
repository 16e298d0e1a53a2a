package dev.tubepost.testkit.broker;

import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/** How a broker says what it knows. <em>Static, without state.</em> */
final class VersionsAnswer {

    private VersionsAnswer() {}

    static byte[] to(Wire.Request request, ApiVersionsRequestData data, ModelBroker broker) {
        VersionProfile profile = broker.profile();
        if (!profile.knows(ApiKeys.API_VERSIONS, request.version())) {
            return Wire.reply(request, notUnderstood(profile), (short) 0);
        }
        boolean isAnotherNode = data.nodeId() >= 0 && data.nodeId() != broker.id();
        boolean isAnotherCluster = data.clusterId() != null
                && !data.clusterId().equals(broker.cluster().id());
        if (isAnotherNode || isAnotherCluster) { // KIP-1242
            return Wire.reply(request, new ApiVersionsResponseData().setErrorCode(Errors.REBOOTSTRAP_REQUIRED.code()));
        }
        var answer = new ApiVersionsResponseData();
        for (ApiKeys key :
                new ApiKeys[] {ApiKeys.PRODUCE, ApiKeys.METADATA, ApiKeys.API_VERSIONS, ApiKeys.INIT_PRODUCER_ID}) {
            answer.apiKeys().add(range(key, profile));
        }
        if (broker.cluster().saslServer() != null) {
            for (ApiKeys key : new ApiKeys[] {ApiKeys.SASL_HANDSHAKE, ApiKeys.SASL_AUTHENTICATE}) {
                answer.apiKeys().add(new ApiVersion().setApiKey(key.id).setMaxVersion(key.latestVersion()));
            }
        }
        broker.cluster().fates().spoil(answer);
        broker.cluster().hostility().offer(answer);
        return Wire.reply(request, answer);
    }

    /** Since 2.4 with the versions of ApiVersions itself (KIP-511), before with nothing. */
    private static ApiVersionsResponseData notUnderstood(VersionProfile profile) {
        var answer = new ApiVersionsResponseData().setErrorCode(Errors.UNSUPPORTED_VERSION.code());
        if (profile != VersionProfile.KAFKA_2_1) {
            answer.apiKeys().add(range(ApiKeys.API_VERSIONS, profile));
        }
        return answer;
    }

    private static ApiVersion range(ApiKeys key, VersionProfile profile) {
        return new ApiVersion().setApiKey(key.id).setMinVersion((short) 0).setMaxVersion(profile.newest(key));
    }
}
