package dev.tubepost.bench.suite;

import dev.tubepost.bench.load.FirstAcknowledgement;
import dev.tubepost.bench.load.LatencyLoop;
import dev.tubepost.bench.load.LoadLoop;
import dev.tubepost.bench.load.OpenPartitions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a client's process is started. <em>Immutable.</em> */
final class ClientCommand {

    /** The same for every client that runs on a JVM: a heap that need not grow, and the collector that costs least CPU. */
    static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

    /** Compiled by {@code bench/peers/librdkafka/build}, if the library is there. */
    private static final String LIBRDKAFKA = "peers/librdkafka-load";

    /** What the server is told, and not the client. */
    static final List<String> SERVERS = List.of(Scenario.SLOW_MILLIS, Scenario.TLS);

    private final Path buildDirectory;

    /** @param buildDirectory where compiled peers are */
    ClientCommand(Path buildDirectory) {
        this.buildDirectory = buildDirectory;
    }

    /** Whether this client can be run here. */
    boolean isInstalled(Peer peer) {
        return peer != Peer.LIBRDKAFKA || Files.isExecutable(buildDirectory.resolve(LIBRDKAFKA));
    }

    List<String> of(Peer peer, Scenario scenario, Rounds rounds, Served served) {
        List<String> command = new ArrayList<>();
        if (peer == Peer.LIBRDKAFKA) {
            command.add(buildDirectory.resolve(LIBRDKAFKA).toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(FLAGS);
            command.addAll(List.of(
                    "-cp",
                    Jars.toMeasure(peer, scenario.hasTls()).collect(Collectors.joining(File.pathSeparator)),
                    mainClass(peer, scenario)));
            if (peer != Peer.LIMIT) {
                command.addAll(List.of("--client", peer == Peer.KAFKA_CLIENTS ? "kafka-clients" : "tubepost"));
            }
        }
        command.addAll(List.of("--bootstrap", served.bootstrapServers(), "--topic", served.topic()));
        if (served.trust() != null) {
            command.addAll(List.of("--trust", served.trust().toString()));
        }
        for (Map.Entry<String, String> option : rounds.applyTo(scenario).entrySet()) {
            if (!SERVERS.contains(option.getKey())) {
                command.addAll(List.of("--" + option.getKey(), option.getValue()));
            }
        }
        return command;
    }

    private static String mainClass(Peer peer, Scenario scenario) {
        if (peer == Peer.LIMIT) {
            return "dev.tubepost.bench.limit.LimitMain";
        }
        return switch (scenario.kind()) {
            case LOAD -> LoadLoop.class.getName();
            case LATENCY -> LatencyLoop.class.getName();
            case START -> FirstAcknowledgement.class.getName();
            case OPEN -> OpenPartitions.class.getName();
        };
    }
}
