package dev.tubepost.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a client adds to an application: jars, in bytes and in number. <em>Stateless.</em> */
final class Footprint {

    private Footprint() {}

    static Run addTo(Run run, Peer peer) throws IOException {
        List<Path> jars =
                Jars.broughtBy(peer).map(Path::of).map(Footprint::jarOf).toList();
        long bytes = 0;
        for (Path jar : jars) {
            bytes += size(jar);
        }
        Map<String, Double> metrics = new LinkedHashMap<>(run.metrics());
        metrics.put("jar_bytes", (double) bytes);
        metrics.put("jars", (double) jars.size());
        return new Run(metrics, run.settings(), run.problem());
    }

    /** The jar beside a directory of classes, if it was made; what else there is as it is. */
    private static Path jarOf(Path classes) {
        if (!Files.isDirectory(classes)) {
            return classes;
        }
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
