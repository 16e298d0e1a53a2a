package dev.tubepost.testkit.embedded;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Immutable. What a cluster tells the clients of a listener about its brokers' addresses. */
final class Advertised {
    private Advertised() {}

    static Map<Integer, String> by(String bootstrapServers) throws Exception {
        Map<Integer, String> addresses = new TreeMap<>();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            // The client warns that it cannot reach the address that was made up.
            for (var node : admin.describeCluster().nodes().get(20, TimeUnit.SECONDS)) {
                addresses.put(node.id(), node.host() + ":" + node.port());
            }
        }
        return addresses;
    }
}
