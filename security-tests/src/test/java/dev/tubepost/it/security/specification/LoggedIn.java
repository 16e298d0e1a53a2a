package dev.tubepost.it.security.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class during which nobody logged in at a broker: it was not run over SASL_SSL. <em>Thread-safe.</em> */
public final class LoggedIn implements BeforeAllCallback, AfterAllCallback {

    private final AtomicReference<Double> before = new AtomicReference<>(0.0);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (isOutermost(context)) {
            before.set(BrokerCounts.logins());
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (isOutermost(context)) {
            assertThat(BrokerCounts.logins())
                    .as("logins by SASL_SSL after %s", context.getDisplayName())
                    .isGreaterThan(before.get());
        }
    }

    private static boolean isOutermost(ExtensionContext context) {
        return context.getRequiredTestClass().getEnclosingClass() == null;
    }
}
