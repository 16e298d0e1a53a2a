package dev.tubepost.testkit.embedded;

import dev.tubepost.testkit.embedded.ClusterSettings.BrokerListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Immutable. Turns the settings of a cluster into the properties of each node: Kafka's own defaults are for days on large machines, these are for
 * seconds on two cores. Whatever the user sets wins, except where nodes listen and who they are.
 */
final class NodeProperties {
    /** What makes a node part of this cluster; not for the user to set. */
    static final Set<String> OWN = Set.of(
            "process.roles",
            "node.id",
            "broker.id",
            "controller.quorum.voters",
            "controller.quorum.bootstrap.servers",
            "controller.listener.names",
            "listeners",
            "advertised.listeners",
            "listener.security.protocol.map",
            "log.dirs",
            "log.dir",
            "metadata.log.dir");

    private final ClusterSettings settings;
    private final String clusterId;
    private final int controllerPort;

    NodeProperties(ClusterSettings settings, String clusterId, int controllerPort) {
        this.settings = settings;
        this.clusterId = clusterId;
        this.controllerPort = controllerPort;
    }

    Properties controller(Path directory) {
        var properties = common(settings.controllerId(), "controller", directory);
        properties.putAll(settings.config());
        properties.put("listeners", address(ClusterSettings.CONTROLLER, controllerPort));
        return asProperties(properties);
    }

    /** @param ports the broker's ports by listener */
    Properties broker(int id, Map<String, Integer> ports, Path directory) {
        var combined = !settings.hasOwnController();
        var properties = common(id, combined ? "broker,controller" : "broker", directory);
        properties.putAll(internalTopics());
        properties.put("inter.broker.listener.name", ClusterSettings.PLAINTEXT);
        properties.putAll(security());
        properties.putAll(settings.config());
        properties.putAll(settings.brokerConfig().getOrDefault(id, Map.of()));

        List<String> listeners = new ArrayList<>();
        List<String> advertised = new ArrayList<>();
        new TreeMap<>(ports).forEach((name, port) -> {
            listeners.add(address(name, port));
            var instead = settings.advertised().get(new BrokerListener(id, name));
            advertised.add(instead == null ? address(name, port) : name + "://" + instead);
        });
        if (combined) {
            listeners.add(address(ClusterSettings.CONTROLLER, controllerPort));
        }
        properties.put("listeners", String.join(",", listeners));
        properties.put("advertised.listeners", String.join(",", advertised));
        return asProperties(properties);
    }

    private Map<String, String> common(int id, String roles, Path directory) {
        Map<String, String> p = new TreeMap<>(quickNode());
        p.put(RaftNode.CLUSTER_ID, clusterId);
        p.put("process.roles", roles);
        p.put("node.id", Integer.toString(id));
        p.put("controller.quorum.voters", settings.controllerId() + "@" + Ports.HOST + ":" + controllerPort);
        p.put("controller.listener.names", ClusterSettings.CONTROLLER);
        p.put("listener.security.protocol.map", protocolMap());
        p.put("log.dirs", directory.toString());
        return p;
    }

    private String protocolMap() {
        List<String> entries = new ArrayList<>();
        entries.add(ClusterSettings.CONTROLLER + ":PLAINTEXT");
        entries.add(ClusterSettings.PLAINTEXT + ":PLAINTEXT");
        new TreeMap<>(settings.listeners()).forEach((name, protocol) -> entries.add(name + ":" + protocol));
        return String.join(",", entries);
    }

    private Map<String, String> security() {
        Map<String, String> p = new TreeMap<>();
        List<String> keys = new ArrayList<>();
        settings.security().forEach((listener, security) -> {
            p.putAll(security.properties(listener));
            if (security.jwks() != null) {
                keys.add(security.jwks().toString());
            }
        });
        p.put(RaftNode.TOKEN_KEYS, String.join(",", keys));
        return p;
    }

    /** Few threads, little memory, no waiting for company, nothing deleted behind a test's back. */
    private static Map<String, String> quickNode() {
        Map<String, String> p = new TreeMap<>();
        p.put("num.network.threads", "1");
        p.put("num.io.threads", "2");
        p.put("background.threads", "1");
        p.put("num.recovery.threads.per.data.dir", "1");
        p.put("group.coordinator.threads", "1");
        p.put("share.coordinator.threads", "1");
        p.put("log.cleaner.threads", "1");
        p.put("log.cleaner.dedupe.buffer.size", "2097152"); // 128 MiB of heap otherwise
        p.put("log.index.size.max.bytes", "1048576"); // 10 MiB set aside for each of two files per segment otherwise
        p.put("log.retention.ms", "-1");
        p.put("log.segment.delete.delay.ms", "1000");
        p.put("group.initial.rebalance.delay.ms", "0");
        p.put("controller.quorum.append.linger.ms", "0");
        p.put("broker.heartbeat.interval.ms", "200"); // a starting broker is let in at a heartbeat
        p.put(
                "broker.session.timeout.ms",
                "3000"); // when a killed one is given up; one that comes back waits for this too
        return p;
    }

    /** One partition each for Kafka's own topics, on up to three brokers and usable without one of them. */
    private Map<String, String> internalTopics() {
        var replicas = Integer.toString(Math.min(3, settings.brokers()));
        var inSync = Integer.toString(Math.max(1, Math.min(3, settings.brokers()) - 1));
        Map<String, String> p = new TreeMap<>();
        p.put("offsets.topic.num.partitions", "1");
        p.put("offsets.topic.replication.factor", replicas);
        p.put("transaction.state.log.num.partitions", "1");
        p.put("transaction.state.log.replication.factor", replicas);
        p.put("transaction.state.log.min.isr", inSync);
        p.put("share.coordinator.state.topic.num.partitions", "1");
        p.put("share.coordinator.state.topic.replication.factor", replicas);
        p.put("share.coordinator.state.topic.min.isr", inSync);
        return p;
    }

    private static String address(String listener, int port) {
        return listener + "://" + Ports.HOST + ":" + port;
    }

    private static Properties asProperties(Map<String, String> map) {
        var properties = new Properties();
        properties.putAll(map);
        return properties;
    }
}
