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

    /** With the rounds that count, a turn leaves at most 4 GB in a broker's log, which is in memory. */
    private static final long WARM_UP_BYTES = 3_000_000_000L;

    /** What the server is told, and not the client. */
    static final List<String> SERVERS = List.of("slow-ms", Scenario.TLS);

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
        boolean isOurLoop = peer != Peer.LIBRDKAFKA && peer != Peer.LIMIT;
        boolean isLoad = scenario.kind() == Scenario.Kind.LOAD;
        if (isOurLoop && (isLoad || scenario.kind() == Scenario.Kind.LATENCY)) {
            command.addAll(List.of(
                    "--warm-up-seconds", Integer.toString(rounds.warmUps().seconds()),
                    "--warm-up-limit-seconds", Integer.toString(rounds.warmUps().limitSeconds())));
            if (isLoad && scenario.target() == Scenario.Target.KAFKA) {
                command.addAll(List.of("--warm-up-bytes", Long.toString(WARM_UP_BYTES)));
            }
        }
        command.addAll(List.of("--bootstrap", served.bootstrapServers(), "--topic", served.topic()));
        if (served.trust() != null) {
            command.addAll(List.of("--trust", served.trust().toString()));
        }
        Rounds own = peer == Peer.LIBRDKAFKA ? rounds.withoutWarmUp() : rounds;
        for (Map.Entry<String, String> option : own.applyTo(scenario).entrySet()) {
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
