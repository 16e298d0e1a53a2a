package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.broker.ModelCluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logging of the simulation: every level is on, nothing is written, and a line that tells what is in a message is an error where it is logged (I24).
 * <em>Immutable.</em> Chosen with {@code -Dslf4j.provider}, and otherwise without effect.
 */
public final class WatchedLogs implements SLF4JServiceProvider {

    /** What every value contains that has a padding of some length, and no name, number or text of ours. */
    static final String CANARY = ModelCluster.PADDING + "xxx";

    private final ILoggerFactory loggers = Watched::new;
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new NOPMDCAdapter();

    /** What is said in a text that must not be there, or null. */
    static @Nullable String leak(String where, @Nullable String text) {
        return text == null || !text.contains(CANARY) ? null : where + " tells what is in a message: " + text;
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return loggers;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}

    /** A logger for which each line must be harmless. */
    private static final class Watched extends LegacyAbstractLogger {

        private static final long serialVersionUID = 1L;

        Watched(String name) {
            this.name = name;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level,
                @Nullable Marker marker,
                String pattern,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            String line = MessageFormatter.basicArrayFormat(pattern, arguments);
            String leak = leak("a line of " + name, thrown == null ? line : line + " " + thrown);
            if (leak != null) {
                throw new AssertionError(leak);
            }
        }

        @Override
        public boolean isTraceEnabled() {
            return true;
        }

        @Override
        public boolean isDebugEnabled() {
            return true;
        }

        @Override
        public boolean isInfoEnabled() {
            return true;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }
    }
}
