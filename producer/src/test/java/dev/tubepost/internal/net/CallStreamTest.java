package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.internal.net.ConnectionLoss.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CallStreamTest {

    private final ManualWorld world = new ManualWorld();
    private final List<ConnectionLoss> losses = new ArrayList<>();
    private final CallStream stream = new CallStream(
            world,
            world,
            new NoMemory(),
            1_000,
            new Diagnosis(new Connection.Target("broker", 9092, 1, null), SecurityProtocol.of(false, false), null),
            new CallStream.Listener() {
                @Override
                public void onBroken(ConnectionLoss loss) {
                    losses.add(loss);
                }

                @Override
                public void onDrained() {}
            });

    /** Otherwise those who wait for an answer would be told after the request timeout. */
    @Test
    void isBrokenWhenThereIsNoMemoryToRead() {
        stream.onReadable();
        assertThat(losses).singleElement().extracting(ConnectionLoss::kind).isEqualTo(Kind.INTERNAL_ERROR);
        assertThat(losses.get(0).message()).contains("broker:9092", "as a test wants it");
        assertThat(world.faults).hasSize(1);
    }

    private static final class NoMemory implements Transport {
        @Override
        public int read(ByteBuffer into) {
            throw new InternalError("as a test wants it");
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new InternalError("as a test wants it");
        }

        @Override
        public void wantWritable() {}

        @Override
        public void close() {}

        @Override
        public String peer() {
            return "broker";
        }
    }
}
