package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logging that all runs of the simulation have. */
final class WatchedLogsTest {

    private static final String VALUE = "c0-1" + WatchedLogs.CANARY + "xxxxx";

    private final Logger log = LoggerFactory.getLogger("dev.tubepost.test");

    @Test
    void aLineThatTellsWhatIsInAMessageIsAnErrorOnEveryLevel() {
        assertThatThrownBy(() -> log.trace("sending {}", VALUE)).hasMessageContaining("tells what is in a message");
        assertThatThrownBy(() -> log.warn("lost: " + VALUE)).hasMessageContaining("tells what is in a message");
        assertThatThrownBy(() -> log.error("lost", new IllegalStateException(VALUE)))
                .hasMessageContaining("tells what is in a message");
    }

    @Test
    void anyOtherLineIsFine() {
        assertThatCode(() -> log.debug("sending {} to {}", 3, "topic-1")).doesNotThrowAnyException();
    }
}
