package dev.tubepost.simulation;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The compiled classes of protocol, producer and test kit, by name. <em>Immutable.</em> */
final class ProjectClasses {

    private static final String PACKAGE = "dev/tubepost/";
    private static final String OURS = "dev/tubepost/simulation/";
    private static final String SUFFIX = ".class";

    private final Map<String, byte[]> bytes;

    private ProjectClasses(Map<String, byte[]> bytes) {
        this.bytes = Map.copyOf(bytes);
    }

    /** What stands on the class path. */
    static ProjectClasses load() throws IOException {
        var found = new HashMap<String, byte[]>();
        for (String entry : classPath()) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                loadDirectory(path, found);
            } else if (entry.endsWith(".jar") && path.toString().contains("tubepost")) {
                loadJar(path, found);
            }
        }
        if (!found.containsKey("dev.tubepost.testkit.sim.Simulation")) {
            throw new IllegalStateException("the simulation is not on the class path: " + classPath());
        }
        return new ProjectClasses(found);
    }

    static List<String> classPath() {
        return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator));
    }

    /** The class's bytes; null if it is none of the project's. */
    byte @org.jspecify.annotations.Nullable [] get(String name) {
        return bytes.get(name);
    }

    private static void loadDirectory(Path directory, Map<String, byte[]> into) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace(File.separatorChar, '/');
                if (isWanted(name)) {
                    into.putIfAbsent(
                            className(name), Files.readAllBytes(file)); // as on any class path, the first one counts
                }
            }
        }
    }

    private static void loadJar(Path file, Map<String, byte[]> into) throws IOException {
        try (var jar = new JarFile(file.toFile())) {
            jar.stream()
                    .filter(entry -> isWanted(entry.getName()))
                    .forEach(entry -> into.putIfAbsent(className(entry.getName()), read(jar, entry)));
        }
    }

    private static byte[] read(JarFile jar, JarEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWanted(String name) {
        return name.startsWith(PACKAGE) && !name.startsWith(OURS) && name.endsWith(SUFFIX);
    }

    private static String className(String entry) {
        return entry.substring(0, entry.length() - SUFFIX.length()).replace('/', '.');
    }
}
