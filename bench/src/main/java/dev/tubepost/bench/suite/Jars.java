package dev.tubepost.bench.suite;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What of this process's class path belongs to a client: jars, or directories of classes where the build has just made them. <em>Stateless.</em> */
final class Jars {

    private static final List<String> OURS = List.of("tubepost-producer", "producer", "tubepost-protocol", "protocol");

    /** Only where it is asked for. */
    private static final List<String> OUR_TLS = List.of("tubepost-tls", "tls", "tls-channel");

    private static final List<String> APACHES = List.of("kafka-clients");

    private static final List<String> LOGGING = List.of("slf4j-api");

    /** Optional for ours, and not for Apache's. */
    private static final List<String> CODECS = List.of("zstd-jni", "lz4-java", "snappy-java");

    /** What a client's process needs to be measured. */
    private static final List<String> BENCH =
            List.of("bench", "tubepost-bench", "slf4j-nop", "HdrHistogram", "jackson-core", "jspecify");

    private Jars() {}

    /** What the client brings by itself into an application. */
    static Stream<String> broughtBy(Peer peer) {
        return switch (peer) {
            case TUBEPOST, TUBEPOST_AGAIN -> select(List.of(OURS, LOGGING));
            case KAFKA_CLIENTS -> select(List.of(APACHES, LOGGING, CODECS));
            case LIBRDKAFKA, LIMIT -> Stream.empty();
        };
    }

    /**
     * The class path of a client's process: without the real Kafka and what it brings, and without the other client. A long class path costs
     * time at the start.
     */
    static Stream<String> toMeasure(Peer peer, boolean hasTls) {
        if (peer == Peer.KAFKA_CLIENTS) {
            return select(List.of(APACHES, LOGGING, CODECS, BENCH));
        }
        return select(List.of(OURS, LOGGING, CODECS, BENCH, hasTls ? OUR_TLS : List.of()));
    }

    /** In the order of the class path. */
    private static Stream<String> select(List<List<String>> lists) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> lists.stream().flatMap(List::stream).anyMatch(name(entry)::startsWith));
    }

    /** The jar's name, or that of the module whose classes these are. */
    private static String name(String entry) {
        Path path = Path.of(entry);
        Path named = path.endsWith("classes") ? path.resolve("../..").normalize() : path;
        return String.valueOf(named.getFileName());
    }
}
