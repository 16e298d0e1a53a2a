package dev.tubepost.testkit.embedded;

import java.net.BindException;
import org.jspecify.annotations.Nullable;

/** Immutable. Tells whether a node failed to start because somebody took its port between the choice and the bind; another port helps then. */
final class PortClash {
    private PortClash() {}

    static boolean isCauseOf(@Nullable Throwable failure) {
        for (var e = failure; e != null; e = e.getCause()) {
            // A process reports by the end of its log, and Kafka by a text of its own around the exception.
            var message = String.valueOf(e.getMessage());
            if (e instanceof BindException
                    || message.contains(BindException.class.getName())
                    || message.contains("Socket server failed to bind")) {
                return true;
            }
        }
        return false;
    }
}
