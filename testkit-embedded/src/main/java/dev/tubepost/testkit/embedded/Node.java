package dev.tubepost.testkit.embedded;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Thread-safe; one operation at a time. One node of the cluster through all its starts and stops, with the ports that it keeps. */
final class Node {
    /** Runs an operation of a node; its checked exceptions are wrapped by the caller. */
    private interface Operation {
        void run() throws Exception;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final String name;
    private final NodeRunner runner;

    /** Set without the lock, so that a node that is still starting ends as soon as it has started. */
    private volatile boolean ended;

    /** From the ports by listener to the node's properties. */
    private final Function<Map<String, Integer>, Properties> properties;

    /** Read without the lock: a client asks for addresses while a broker starts. */
    private volatile Map<String, Integer> ports;

    Node(
            String name,
            NodeRunner runner,
            Map<String, Integer> ports,
            Function<Map<String, Integer>, Properties> properties) {
        this.name = name;
        this.runner = runner;
        this.ports = Map.copyOf(ports);
        this.properties = properties;
    }

    String name() {
        return name;
    }

    int port(String listener) {
        var port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException(
                    name + " has no listener " + listener + ", only " + new TreeMap<>(ports));
        }
        return port;
    }

    /** Does nothing when the node is running. */
    void start(Deadline deadline) {
        locked("start", () -> {
            if (!runner.isRunning()) {
                checkNotEnded();
                run(deadline);
            }
        });
    }

    /** Stops the node if it is running and starts it where nobody expects it. */
    void startOn(Map<String, Integer> newPorts, Deadline deadline) {
        locked("restart on new ports", () -> {
            checkNotEnded();
            runner.stop(deadline);
            ports = Map.copyOf(newPorts);
            run(deadline);
        });
    }

    /** Does nothing when the node is not running. */
    void stop(Deadline deadline) {
        locked("stop", () -> runner.stop(deadline));
    }

    void kill() {
        locked("kill", runner::kill);
    }

    void pause() {
        locked("pause", runner::pause);
    }

    void resume() {
        locked("resume", runner::resume);
    }

    /** Stops the node for good; without {@code keepData} as fast as it goes. Whoever starts it meanwhile or later fails. */
    void end(Deadline deadline, boolean keepData) {
        ended = true;
        locked("end", () -> {
            if (keepData) {
                runner.stop(deadline);
            } else {
                runner.discard(deadline);
            }
        });
    }

    boolean isRunning() {
        lock.lock();
        try {
            return runner.isRunning();
        } finally {
            lock.unlock();
        }
    }

    /** The runner, for what only one kind of it has. */
    NodeRunner runner() {
        return runner;
    }

    private void run(Deadline deadline) throws Exception {
        runner.start(properties.apply(ports), deadline);
        if (ended) {
            runner.discard(deadline);
            checkNotEnded();
        }
    }

    private void checkNotEnded() {
        if (ended) {
            throw new IllegalStateException("This embedded Kafka is closed");
        }
    }

    private void locked(String what, Operation operation) {
        lock.lock();
        try {
            operation.run();
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            throw Deadline.interrupted(e);
        } catch (Exception e) {
            throw new EmbeddedKafkaException("Could not " + what + " " + name, e);
        } finally {
            lock.unlock();
        }
    }
}
