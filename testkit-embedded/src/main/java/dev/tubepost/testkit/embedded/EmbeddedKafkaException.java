package dev.tubepost.testkit.embedded;

import org.jspecify.annotations.Nullable;

/** Immutable. The embedded Kafka could not do what was asked within its time; the message names the node or partition that stood in the way. */
public final class EmbeddedKafkaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EmbeddedKafkaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    EmbeddedKafkaException(String message) {
        super(message);
    }
}
