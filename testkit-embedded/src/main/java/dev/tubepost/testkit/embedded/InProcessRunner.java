package dev.tubepost.testkit.embedded;

import java.util.Properties;
import org.apache.kafka.common.utils.internals.Exit;
import org.jspecify.annotations.Nullable;

/** Guarded by the lock of its {@link Node}. Runs a node in this JVM. */
final class InProcessRunner implements NodeRunner {
    private static final String ONLY_PROCESSES =
            " needs brokers that are processes: EmbeddedKafka.builder().processes(true); in this JVM a broker can only be stopped in order";

    private @Nullable RaftNode node;

    /**
     * Kafka ends its JVM when a disk fails or its metadata is damaged. In a JVM that is not its own it must not; the thread that wanted it ends
     * instead. This holds for the rest of the JVM's life, as a broker's last threads may come to that conclusion after it was stopped.
     */
    private static void keepKafkaFromEndingThisJvm() {
        Exit.setExitProcedure(InProcessRunner::refuseToExit);
        Exit.setHaltProcedure(InProcessRunner::refuseToExit);
    }

    private static void refuseToExit(int status, @Nullable String message) {
        throw new EmbeddedKafkaException("A Kafka node in this JVM failed and wanted to end the JVM with status "
                + status + (message == null ? "" : ": " + message));
    }

    @Override
    public void start(Properties properties, Deadline deadline) throws Exception {
        keepKafkaFromEndingThisJvm();
        node = RaftNode.start(properties);
    }

    @Override
    public void stop(Deadline deadline) {
        var running = node;
        node = null;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException("kill" + ONLY_PROCESSES);
    }

    @Override
    public void pause() {
        throw new UnsupportedOperationException("pause" + ONLY_PROCESSES);
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException("resume" + ONLY_PROCESSES);
    }

    @Override
    public boolean isRunning() {
        return node != null;
    }

    @Override
    public void discard(Deadline deadline) {
        stop(deadline);
    }

    @Override
    public void abandon() {
        // Its threads end with the JVM.
    }
}
