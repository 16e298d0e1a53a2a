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

/** Asks a cluster before anything is sent. <em>Stateless.</em> */
final class Connection {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private Connection() {}

    /**
     * A cluster to ask, once a bootstrap server has completed a handshake. It gives up each question after the timeout, and so can say what is
     * wrong; what sends keeps the options' own.
     *
     * @throws NotConnectedException if none has in time
     */
    static Cluster probe(ClusterOptions options, Duration timeout) {
        Cluster probe =
                Cluster.connect(options.toBuilder().requestTimeout(timeout).build());
        try {
            get(probe.update(), timeout);
            return probe;
        } catch (TimeoutException e) {
            probe.close();
            throw new NotConnectedException(
                    "no bootstrap server answered within " + timeout.toMillis() + " ms: " + options.bootstrapServers(),
                    e);
        } catch (CompletionException e) {
            probe.close();
            throw new NotConnectedException(reason(e), e);
        }
    }

    /**
     * The partitions of a topic, which the broker may create at that.
     *
     * @throws TopicException if there are none to be had
     */
    static List<Partition> partitions(Cluster probe, String topic, Duration timeout) {
        try {
            return get(probe.topic(topic).partitions(), timeout);
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

    /**
     * The future's result; what it failed with is the cause of a {@link CompletionException}.
     *
     * @param timeout after which the library gives up; only if it does not, this does, a second later
     */
    static <T> T get(CompletableFuture<T> future, Duration timeout) throws TimeoutException {
        try {
            return future.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
