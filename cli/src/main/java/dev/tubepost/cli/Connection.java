package dev.tubepost.cli;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.Partition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A cluster that is known to answer. <em>Stateless.</em> */
final class Connection {

    private Connection() {}

    /**
     * Connects, and waits until a bootstrap server has completed a handshake.
     *
     * @throws NotConnectedException if none has in time
     */
    static Cluster open(ClusterOptions options, Duration timeout) {
        // The probe gives up when we do, and so can say what is wrong; the run itself keeps the options' own timeout.
        Duration probeTimeout = timeout.compareTo(options.requestTimeout()) < 0 ? timeout : options.requestTimeout();
        try (Cluster probe =
                Cluster.connect(options.toBuilder().requestTimeout(probeTimeout).build())) {
            get(probe.update(), timeout.plusSeconds(1));
        } catch (TimeoutException e) {
            throw new NotConnectedException(
                    "no bootstrap server answered within " + timeout.toMillis() + " ms: " + options.bootstrapServers(),
                    e);
        } catch (CompletionException e) {
            throw new NotConnectedException(reason(e), e);
        }
        return Cluster.connect(options);
    }

    /**
     * The partitions of a topic, which the broker may create at that.
     *
     * @throws TopicException if there are none to be had
     */
    static List<Partition> partitions(Cluster cluster, String topic, Duration timeout) {
        try {
            return get(cluster.topic(topic).partitions(), timeout);
        } catch (TimeoutException e) {
            throw new TopicException(
                    "the brokers did not tell the partitions of " + topic + " within " + timeout.toMillis() + " ms", e);
        } catch (CompletionException e) {
            throw new TopicException(reason(e), e);
        }
    }

    /** What a future of the library failed with, in words. */
    static String reason(CompletionException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /** The future's result; what it failed with is the cause of a {@link CompletionException}. */
    static <T> T get(CompletableFuture<T> future, Duration timeout) throws TimeoutException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
