package dev.tubepost;

import dev.tubepost.internal.config.AddressList;
import dev.tubepost.security.SaslOptions;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What is allowed for a cluster's options, one by one and together (F96). <em>Stateless.</em> */
final class ClusterOptionRules {

    private static final int MOST_CLIENT_ID_BYTES = 249;
    private static final int MOST_IO_THREADS = 1024;
    private static final int LEAST_REPLY_SIZE = 64 << 10;

    private ClusterOptionRules() {}

    /** The addresses, as far as they can be read. */
    static List<InetSocketAddress> addresses(ClusterOptions.Builder set, OptionChecks checks) {
        AddressList addresses = AddressList.parse(set.bootstrapServers);
        for (AddressList.Problem problem : addresses.problems()) {
            checks.refuse("bootstrapServers", problem.given(), problem.allowed());
        }
        return addresses.addresses();
    }

    /** Checks everything but the addresses. */
    static void check(ClusterOptions.Builder set, OptionChecks checks) {
        checkClientId(set.clientId, checks);
        checks.positive("requestTimeout", set.requestTimeout);
        checks.positive("connectionSetupTimeout", set.connectionSetupTimeout);
        checkMost(
                "connectionSetupTimeoutMax",
                set.connectionSetupTimeoutMax(),
                "connectionSetupTimeout",
                set.connectionSetupTimeout,
                checks);
        checks.positive("reconnectBackoff", set.reconnectBackoff);
        checkMost("reconnectBackoffMax", set.reconnectBackoffMax(), "reconnectBackoff", set.reconnectBackoff, checks);
        checks.positive("metadataMaxAge", set.metadataMaxAge);
        checks.positive("metadataMaxIdle", set.metadataMaxIdle);
        checks.positive("connectionsMaxIdle", set.connectionsMaxIdle);
        checks.between("ioThreads", set.ioThreads, 1, MOST_IO_THREADS);
        checkBuffer("sendBuffer", set.sendBuffer, checks);
        checkBuffer("receiveBuffer", set.receiveBuffer, checks);
        checks.atLeast("maxReplySize", set.maxReplySize, LEAST_REPLY_SIZE);
        checkSasl(set, checks);
    }

    private static void checkSasl(ClusterOptions.Builder set, OptionChecks checks) {
        SaslOptions sasl = set.sasl;
        boolean isSecret = sasl instanceof SaslOptions.Plain || sasl instanceof SaslOptions.OAuthBearer;
        if (sasl != null && isSecret && set.tls == null && !set.allowCredentialsInPlaintext) {
            checks.refuse(
                    "sasl",
                    sasl.mechanism(),
                    "sends a password or a token, which anybody on the way could read without TLS: give "
                            + checks.name("tls") + ", or " + checks.name("allowCredentialsInPlaintext")
                            + " for a test");
        }
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static void checkClientId(String clientId, OptionChecks checks) {
        int bytes = clientId.getBytes(StandardCharsets.UTF_8).length;
        if (clientId.isBlank() || bytes > MOST_CLIENT_ID_BYTES || hasControl(clientId)) {
            checks.refuse(
                    "clientId",
                    '"' + clientId.substring(0, Math.min(clientId.length(), 40)) + '"',
                    "must be 1 to " + MOST_CLIENT_ID_BYTES + " bytes, not all blank, without control characters");
        }
    }

    private static void checkMost(
            String option, Duration most, String leastOption, Duration least, OptionChecks checks) {
        if (most.compareTo(least) < 0) {
            checks.refuse(
                    option, most, "must be at least " + checks.name(leastOption) + " = " + Durations.exact(least));
        }
    }

    private static void checkBuffer(String option, int bytes, OptionChecks checks) {
        if (bytes < 1 && bytes != ClusterOptions.SYSTEM_DEFAULT) {
            checks.refuse(option, bytes, "must be 1 or more, or -1 (the system's)");
        }
    }
}
