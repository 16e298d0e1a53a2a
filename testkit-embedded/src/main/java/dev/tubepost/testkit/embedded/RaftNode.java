package dev.tubepost.testkit.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** Thread-safe as far as Kafka's server is. One running Kafka node in this JVM: its directory formatted once, then the server as {@code kafka-server-start} runs it. */
final class RaftNode {
    /** Carries the cluster's id to a node in its properties; Kafka ignores names it does not know. */
    static final String CLUSTER_ID = "tubepost.cluster.id";

    /** Carries to a node the addresses of the keys that tokens are signed with. */
    static final String TOKEN_KEYS = "tubepost.token.keys";

    /** Kafka reads keys from no other addresses than those in this property of its JVM (CVE-2025-27817). */
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";

    private final KafkaRaftServer server;

    private RaftNode(KafkaRaftServer server) {
        this.server = server;
    }

    /** Returns when the node serves requests: a broker when the controller has let it in. */
    static RaftNode start(Properties properties) throws Exception {
        allowTokenKeys(properties.getProperty(TOKEN_KEYS, ""));
        format(properties);
        var server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (Throwable e) {
            server.shutdown();
            server.awaitShutdown();
            throw e;
        }
        return new RaftNode(server);
    }

    /** Adds to what others in this JVM were allowed. */
    private static void allowTokenKeys(String urls) {
        if (!urls.isEmpty()) {
            System.getProperties()
                    .merge(ALLOWED_URLS, urls, (others, ours) -> others.equals("") ? ours : others + "," + ours);
        }
    }

    private static void format(Properties properties) throws Exception {
        var directory = properties.getProperty("log.dirs");
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(properties.getProperty(CLUSTER_ID))
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .addDirectory(directory)
                .setMetadataLogDirectory(directory)
                .setControllerListenerName(ClusterSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setIgnoreFormatted(true)
                .run();
    }

    /** An orderly shutdown: leadership moves away first where it can. */
    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }
}
