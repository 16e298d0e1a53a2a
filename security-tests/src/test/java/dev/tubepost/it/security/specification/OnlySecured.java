package dev.tubepost.it.security.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that made no client for SASL_SSL: it did not test what this run is for. Counted here and not by the brokers, since several
 * clusters of one JVM share the names of what they count. <em>Thread-safe.</em>
 */
public final class OnlySecured implements BeforeAllCallback, AfterAllCallback {

    private final AtomicLong before = new AtomicLong();

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isOutermost(context)) {
            before.set(SecuredClients.MADE.get());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isOutermost(context)) {
            assertThat(SecuredClients.MADE.get())
                    .as("clients for SASL_SSL until the end of %s", context.getDisplayName())
                    .isGreaterThan(before.get());
        }
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() == null;
    }
}
