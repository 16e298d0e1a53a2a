package dev.tubepost.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads Kafka on demand in a class loader of its own. <em>Stateless.</em> It is 60 MB of jars with versions of everything; none of it is
 * ever on the class path of a run against a real cluster.
 *
 * <p>The loader sees the JDK, the jars of one directory, and this command's own classes again; only {@link EmbeddedBroker} and its
 * nested type are shared with the caller.
 */
final class EmbeddedBrokerLoader {

    /** The directory with Kafka's jars, as the launcher tells it. */
    static final String DIRECTORY_PROPERTY = "tubepost.embedded.lib";

    private static final String IMPLEMENTATION = "dev.tubepost.cli.embedded.InProcessKafka";

    private EmbeddedBrokerLoader() {}

    /**
     * Starts a Kafka.
     *
     * @param directory where its jars are
     * @throws UsageException if they are not there
     * @throws NotConnectedException if it does not start
     */
    static EmbeddedBroker start(@Nullable String directory) {
        if (directory == null || !Files.isDirectory(Path.of(directory))) {
            throw new UsageException("--embedded: Kafka's jars are not at " + directory
                    + "; start the command with ./tubepost, which puts them there");
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            ClassLoader loader = loader(Path.of(directory));
            thread.setContextClassLoader(loader);
            return (EmbeddedBroker)
                    loader.loadClass(IMPLEMENTATION).getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw notStarted(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException | LinkageError | IOException | URISyntaxException e) {
            throw notStarted(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Its class loader is known to nobody who would read a stack trace, so the message has all reasons. */
    private static NotConnectedException notStarted(Throwable failure) {
        StringBuilder text = new StringBuilder("the embedded Kafka did not start: ").append(failure);
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; because of: ").append(cause);
        }
        return new NotConnectedException(text.toString(), failure);
    }

    @SuppressWarnings("resource") // lives as long as the process: Kafka's threads use it until the end
    private static ClassLoader loader(Path directory) throws IOException, URISyntaxException {
        List<URL> urls = new ArrayList<>();
        URI own = EmbeddedBrokerLoader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        urls.add(own.toURL());
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path jar : jars) {
                urls.add(jar.toUri().toURL());
            }
        }
        return new URLClassLoader("embedded-kafka", urls.toArray(URL[]::new), new Border());
    }

    /** Lets through what both sides share. */
    private static final class Border extends ClassLoader {

        Border() {
            super("embedded-kafka-border", ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            for (Class<?> shared : List.of(EmbeddedBroker.class, EmbeddedBroker.Reader.class)) {
                if (shared.getName().equals(name)) {
                    return shared;
                }
            }
            throw new ClassNotFoundException(name);
        }
    }
}
