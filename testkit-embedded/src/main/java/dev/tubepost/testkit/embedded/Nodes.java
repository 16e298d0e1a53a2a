package dev.tubepost.testkit.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Immutable; its nodes are thread-safe. All nodes of one cluster, started and ended together. */
final class Nodes {
    private final ClusterSettings settings;
    private final Path directory;
    private final String classPath;
    private final Ports ports = new Ports();
    private final NodeProperties properties;

    /** None if the only broker is the controller too. */
    private final List<Node> controller;

    private final SortedMap<Integer, Node> brokers = new TreeMap<>();

    Nodes(ClusterSettings settings, Path directory, String clusterId) {
        this.settings = settings;
        this.directory = directory;
        this.classPath = settings.processes()
                ? ProcessClassPath.of(settings.classPath(), EmbeddedKafka.class.getClassLoader())
                : "";
        int controllerPort = ports.take();
        this.properties = new NodeProperties(settings, clusterId, controllerPort);
        this.controller = settings.hasOwnController()
                ? List.of(
                        node("controller", Map.of(), unused -> properties.controller(directory.resolve("controller"))))
                : List.of();
        for (int id = 1; id <= settings.brokers(); id++) {
            int broker = id;
            var name = "broker-" + id;
            brokers.put(
                    id, node(name, freePorts(), taken -> properties.broker(broker, taken, directory.resolve(name))));
        }
    }

    private Node node(
            String name, Map<String, Integer> taken, Function<Map<String, Integer>, Properties> toProperties) {
        var runner = settings.processes()
                ? new ProcessRunner(name, directory, classPath, settings.javaOptions())
                : new InProcessRunner();
        return new Node(name, runner, taken, toProperties);
    }

    /** A free port for each listener of a broker. */
    Map<String, Integer> freePorts() {
        Map<String, Integer> taken = new HashMap<>();
        taken.put(ClusterSettings.PLAINTEXT, ports.take());
        settings.listeners().keySet().forEach(name -> taken.put(name, ports.take()));
        return taken;
    }

    Node broker(int id) {
        var node = brokers.get(id);
        if (node == null) {
            throw new IllegalArgumentException("There is no broker " + id + " among 1 to " + brokers.size());
        }
        return node;
    }

    SortedMap<Integer, Node> brokers() {
        return brokers;
    }

    String bootstrapServers(String listener) {
        return brokers.values().stream()
                .map(broker -> Ports.HOST + ":" + broker.port(listener))
                .collect(Collectors.joining(","));
    }

    /** The controller first: a broker can do nothing but wait for it. */
    void start(Deadline deadline) {
        Parallel.forEach(controller, "start", deadline, node -> node.start(deadline));
        Parallel.forEach(brokers.values(), "start", deadline, node -> node.start(deadline));
    }

    /** For good; the brokers first: they hand over to each other by way of the controller. */
    void end(Deadline deadline, boolean keepData) {
        try {
            Parallel.forEach(brokers.values(), "end", deadline, node -> node.end(deadline, keepData));
        } finally {
            Parallel.forEach(controller, "end", deadline, node -> node.end(deadline, keepData));
        }
    }

    /** At the end of the JVM: what would outlive it ends now. */
    void abandon() {
        controller.forEach(node -> node.runner().abandon());
        brokers.values().forEach(node -> node.runner().abandon());
    }
}
