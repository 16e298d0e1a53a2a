package dev.tubepost.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.internal.net.Connection;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong while the cluster is dialled, it is dialled again. */
final class ClusterActorTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ManualWorld world = new ManualWorld();
    private final ClusterActor cluster = new ClusterActor(
            world,
            new ClusterSettings(
                    List.of(InetSocketAddress.createUnresolved("kafka1", 9092)),
                    "client",
                    true,
                    300 * SECOND,
                    300 * SECOND,
                    30 * SECOND,
                    SECOND / 10,
                    SECOND,
                    SECOND / 10,
                    SECOND,
                    new Connection.Settings(
                            "client", "tubepost", "1", SECOND, SECOND, SECOND, SECOND, 1_000, null, null, null)));

    @Test
    void aConnectionThatCouldNotBeBegunIsTriedAgain() {
        cluster.want("topic");
        assertThatThrownBy(world::run).isInstanceOf(UnsupportedOperationException.class);
        assertThat(world.lookUps).isEqualTo(1);
        assertThatThrownBy(() -> world.pass(60)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(world.lookUps).isEqualTo(2);
    }
}
