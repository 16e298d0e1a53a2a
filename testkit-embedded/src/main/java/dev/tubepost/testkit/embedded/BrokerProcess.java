package dev.tubepost.testkit.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/**
 * Confined to its own process. The main class of a Kafka node that runs as a process of {@link EmbeddedKafka}; not meant to be started by hand.
 *
 * <p>Arguments: a file with the node's properties and a file that it creates once it serves requests. Standard input is the line to the parent: the
 * byte {@code s} asks for an orderly end, and the end of the input means that the parent is gone, upon which the process ends at once, so that
 * not even a killed test leaves brokers behind.
 */
public final class BrokerProcess {
    static final int STOP = 's';
    static final int PARENT_IS_GONE = 70;
    static final int FAILED_TO_START = 71;

    private BrokerProcess() {}

    public static void main(String[] args) {
        var stop = new CountDownLatch(1);
        var parent = new Thread(() -> watchParent(stop), "tubepost-parent-watch");
        parent.setDaemon(true);
        parent.start();
        try {
            var node = RaftNode.start(read(Path.of(args[0])));
            Files.createFile(Path.of(args[1]));
            stop.await();
            node.stop();
        } catch (Throwable e) {
            // On standard error and not through a logger: there may be no logging backend, and this is all the parent
            // can show.
            e.printStackTrace();
            Runtime.getRuntime().halt(FAILED_TO_START);
        }
        System.exit(0);
    }

    private static void watchParent(CountDownLatch stop) {
        try {
            int command = System.in.read();
            while (command >= 0) {
                if (command == STOP) {
                    stop.countDown();
                }
                command = System.in.read();
            }
        } catch (IOException e) {
            // The pipe broke, which says the same as its end.
        }
        Runtime.getRuntime().halt(PARENT_IS_GONE);
    }

    private static Properties read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
