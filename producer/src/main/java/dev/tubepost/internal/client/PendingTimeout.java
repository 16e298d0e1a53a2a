package dev.tubepost.internal.client;

import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.TimeSpent;
import java.time.Duration;

/** The exception of a synchronous produce whose pending timeout is over: the message goes on by itself. */
final class PendingTimeout {

    private PendingTimeout() {}

    static DeliveryException of(MessageHandle<?, ?> message, Duration pendingTimeout, ClientSession session) {
        var details = new DeliveryException.Details(
                message.topic(),
                message.partition(),
                null,
                message.attempts(),
                pendingTimeout,
                TimeSpent.NONE,
                0,
                "NONE",
                true,
                true);
        return new DeliveryTimeoutException(
                        "a message for " + message.topic() + " was not acknowledged within pendingTimeout, "
                                + pendingTimeout.toMillis() + " ms; it is still on its way and may be delivered."
                                + " Metadata: " + session.context().cluster().trouble(),
                        details,
                        null)
                .forCaller();
    }
}
