package dev.tubepost.bench.load;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A producer under load. <em>Thread-safe.</em> */
interface LoadClient extends AutoCloseable {

    /**
     * Hands a message over in the way that the options name; waits if the client has no room for it.
     *
     * @return what tells the message's fate, which the caller keeps for a moment, so that no compiler can prove it useless; or null
     */
    @Nullable
    Object send(byte[] value);

    /** Hands a message to one partition; {@code acknowledged} runs when its outcome is known, among the client's callbacks. */
    void send(byte[] value, int partition, Runnable acknowledged);

    /** Hands a message to one partition, for somebody to wait for. */
    Handle sendForHandle(byte[] value, int partition);

    /** Waits until every message was acknowledged. */
    void flush();

    /** How many messages failed. */
    long failures();

    /** The settings of the live client that matter for its speed, by its own names. */
    Map<String, String> settings();

    @Override
    void close();

    /** A message, in whatever way a client lets a thread wait for it. */
    @FunctionalInterface
    interface Handle {
        /** Waits until the message is acknowledged. */
        void await() throws InterruptedException, ExecutionException;
    }

    static LoadClient open(ClientOptions options, String bootstrapServers) {
        return options.client().equals("kafka-clients")
                ? new KafkaLoadClient(options, bootstrapServers)
                : new TubepostLoadClient(options, bootstrapServers);
    }
}
