package dev.tubepost.bench.suite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a client adds to an application: jars, in bytes and in number. <em>Stateless.</em> */
final class Footprint {

    /** What each brings by itself; codecs are optional for ours, and not for Apache's. */
    private static final List<String> OURS =
            List.of("tubepost-producer", "producer", "tubepost-protocol", "protocol", "slf4j-api");

    private static final List<String> APACHES =
            List.of("kafka-clients", "slf4j-api", "zstd-jni", "lz4-java", "snappy-java");

    private Footprint() {}

    static Run addTo(Run run, Peer peer) throws IOException {
        List<String> names = switch (peer) {
            case TUBEPOST, TUBEPOST_AGAIN -> OURS;
            case KAFKA_CLIENTS -> APACHES;
            case LIBRDKAFKA, LIMIT -> List.of();
        };
        List<Path> jars = jars(names);
        long bytes = 0;
        for (Path jar : jars) {
            bytes += size(jar);
        }
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.put("jar_bytes", (double) bytes);
        metrics.put("jars", (double) jars.size());
        return new Run(metrics, run.settings(), run.problem());
    }

    private static List<Path> jars(List<String> names) {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            boolean isBuild = path.endsWith("classes");
            String name = name(isBuild ? path.resolve("../..").normalize() : path);
            if (names.stream().anyMatch(name::startsWith)) {
                jars.add(isBuild ? jarOf(path) : path);
            }
        }
        return jars;
    }

    private static String name(Path path) {
        Path last = path.getFileName();
        return last == null ? "" : last.toString();
    }

    /** The jar beside a directory of classes, if it was made; else the directory. */
    private static Path jarOf(Path classes) {
        try (Stream<Path> files = Files.list(classes.resolveSibling("."))) {
            return files.filter(file -> file.toString().matches(".*tubepost-[a-z]+-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElse(classes);
        } catch (IOException e) {
            return classes;
        }
    }

    private static long size(Path jar) throws IOException {
        if (!Files.isDirectory(jar)) {
            return Files.size(jar);
        }
        try (Stream<Path> files = Files.walk(jar)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
