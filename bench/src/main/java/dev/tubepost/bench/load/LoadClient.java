package dev.tubepost.bench.load;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A producer under load. <em>Thread-safe.</em> */
interface LoadClient extends AutoCloseable {

    /**
     * Hands a message over; waits if the client has no room for it.
     *
     * @return what tells the message's fate, which the caller keeps for a moment, so that no compiler can prove it useless; or null
     */
    @Nullable
    Object send(byte[] value);

    /** Waits until every message was acknowledged. */
    void flush();

    /** How many messages failed. */
    long failures();

    @Override
    void close();

    static LoadClient open(LoadOptions options, String bootstrapServers) {
        return options.client().equals("kafka")
                ? new KafkaLoadClient(options, bootstrapServers)
                : new TubepostLoadClient(options, bootstrapServers);
    }

    /** The topic that is produced to. */
    static String topic(LoadOptions options) {
        return "load-" + options.client().toLowerCase(Locale.ROOT);
    }
}
