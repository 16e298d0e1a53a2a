package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How much TLS takes from the stream below before others have their turn. */
class CipherChannelTest {

    private static final int MANY_READS = 1000;

    @Test
    void aPeerThatSendsWithoutEndDoesNotHaveTheEventLoopForItself() throws IOException {
        var channel = new CipherChannel(new EndlessStream());

        assertThat(readInOnePass(channel)).isEqualTo(CipherChannel.BYTES_PER_PASS);
        assertThat(readInOnePass(channel)).isEqualTo(CipherChannel.BYTES_PER_PASS);
    }

    private static int readInOnePass(CipherChannel channel) throws IOException {
        var into = ByteBuffer.allocate(16 * 1024);
        int bytes = 0;
        channel.beginPass();
        for (int i = 0; i < MANY_READS; i++) {
            into.clear();
            bytes += channel.read(into);
        }
        return bytes;
    }

    /** Fills whatever it is given. <em>Stateless.</em> */
    private static final class EndlessStream implements Transport {

        @Override
        public int read(ByteBuffer into) {
            int count = into.remaining();
            into.position(into.limit());
            return count;
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            return 0;
        }

        @Override
        public void wantWritable() {}

        @Override
        public void close() {}

        @Override
        public @Nullable String peer() {
            return null;
        }
    }
}
