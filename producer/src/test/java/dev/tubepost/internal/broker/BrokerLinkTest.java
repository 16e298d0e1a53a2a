package dev.tubepost.internal.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.cluster.Node;
import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.internal.net.Connection;
import dev.tubepost.internal.net.ConnectionLoss;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a broker asks for is done within bounds. */
final class BrokerLinkTest {

    private final ManualWorld clock = new ManualWorld();
    private final CountingUser user = new CountingUser();
    private final BrokerLink link = new BrokerLink(
            clock,
            clock,
            new Connection.Settings("client", "tubepost", "1", 1, 1, 1, 1, 1, null, null, null),
            new Backoff(clock.random(), 1, 1),
            new Backoff(clock.random(), 1, 1),
            new Node(1, "kafka1", 9092),
            user);

    @Test
    void aThrottleOfDaysIsKeptForFiveMinutes() {
        link.throttle(Integer.MAX_VALUE * 1_000_000L);
        assertThat(clock.delays).containsExactly(TimeUnit.MINUTES.toNanos(5));
        clock.nanos += TimeUnit.DAYS.toNanos(1);
        assertThat(link.throttledSince(0)).isEqualTo(TimeUnit.MINUTES.toNanos(5));
    }

    @Test
    void aShortThrottleIsKept() {
        link.throttle(TimeUnit.SECONDS.toNanos(3));
        assertThat(clock.delays).containsExactly(TimeUnit.SECONDS.toNanos(3));
    }

    @Test
    void aConnectionThatCouldNotBeBegunIsNotHeardOf() { // it would take the next one for its own, and end that
        assertThatThrownBy(link::need)
                .isInstanceOf(UnsupportedOperationException.class); // no world to look a name up in
        clock.pass(TimeUnit.HOURS.toSeconds(1));
        assertThat(user.losses).isZero();
        assertThat(link.isOpenOrOpening()).isFalse();
    }

    private static final class CountingUser implements BrokerLink.User {
        private int losses;

        @Override
        public void onAnotherCluster() {}

        @Override
        public void onRefused(ConnectionLoss loss) {}

        @Override
        public void onLinkWritable() {}

        @Override
        public void onLinkLost(ConnectionLoss loss) {
            losses++;
        }
    }
}
