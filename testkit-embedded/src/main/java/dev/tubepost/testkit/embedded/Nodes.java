package dev.tubepost.testkit.embedded;

import java.net.BindException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
        this.classPath = settings.processes() ? classPath(settings) : "";
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

    /** In order, data complete on disk; the brokers first: they hand over to each other by way of the controller. */
    void stop(Deadline deadline) {
        end(deadline, "stop", node -> node.stop(deadline));
    }

    /** As fast as it goes; the data is not needed any more. */
    void discard(Deadline deadline) {
        end(deadline, "discard", node -> node.discard(deadline));
    }

    private void end(Deadline deadline, String verb, java.util.function.Consumer<Node> operation) {
        try {
            Parallel.forEach(brokers.values(), verb, deadline, operation);
        } finally {
            Parallel.forEach(controller, verb, deadline, operation);
        }
    }

    /** At the end of the JVM: what would outlive it ends now. */
    void abandon() {
        controller.forEach(node -> node.runner().abandon());
        brokers.values().forEach(node -> node.runner().abandon());
    }

    /** Whether a start failed because somebody took a port between the choice and the bind. */
    static boolean isPortClash(@Nullable Throwable failure) {
        for (var e = failure; e != null; e = e.getCause()) {
            var message = String.valueOf(e.getMessage());
            // A process reports by the end of its log; Kafka's socket server wraps the exception, its text varies with
            // the system.
            if (e instanceof BindException
                    || message.contains(BindException.class.getName())
                    || message.contains("failed to bind")) {
                return true;
            }
        }
        return false;
    }

    private static String classPath(ClusterSettings settings) {
        var given = settings.classPath();
        if (given != null) {
            return given;
        }
        if (EmbeddedKafka.class.getClassLoader() instanceof URLClassLoader loader) {
            return join(List.of(loader.getURLs()));
        }
        return System.getProperty("java.class.path", "");
    }

    private static String join(Collection<URL> urls) {
        List<String> files = new ArrayList<>();
        for (var url : urls) {
            try {
                files.add(Path.of(url.toURI()).toString());
            } catch (URISyntaxException | RuntimeException e) {
                throw new EmbeddedKafkaException(
                        "Cannot pass " + url + " to a process; use EmbeddedKafkaBuilder.classPath", e);
            }
        }
        return String.join(System.getProperty("path.separator"), files);
    }
}
