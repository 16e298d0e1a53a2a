package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of what a caller writes counts as written, over a stream that takes what the test says (F102). */
final class TlsWriteTest {

    private static final int KNOWN_SEEDS = 60;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void movesPositionsOnlyPastWhatHasLeft(String protocol) throws Exception {
        var client = EngineClient.open(protocol);
        var data = EngineClient.bytes(2, 1000);
        var from = new ByteBuffer[] {ByteBuffer.wrap(data, 0, 300), ByteBuffer.wrap(data, 300, 700)};
        client.below.accepts = offered -> 0;
        assertThat(client.transport.write(from, 0, 2)).isZero();
        assertThat(from[0].position()).as("nothing has left").isZero();
        assertThat(client.transport.write(from, 0, 2)).isZero();

        client.below.accepts = offered -> 10;
        assertThat(client.transport.write(from, 0, 2)).isEqualTo(999);
        assertThat(from[0].hasRemaining()).isFalse();
        assertThat(from[1].remaining()).as("begun: all but the last byte").isEqualTo(1);
        assertThat(client.transport.write(from, 0, 2)).isZero();

        client.below.accepts = offered -> offered;
        assertThat(client.transport.write(from, 1, 1)).isEqualTo(1);
        assertThat(from[1].hasRemaining()).isFalse();
        assertThat(client.below.plaintext.toByteArray()).isEqualTo(data);
    }

    @Test
    void makesOneWriteForManyRecords() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        var data = EngineClient.bytes(3, TlsTransport.CHUNK_BYTES);
        var from = new ByteBuffer[64];
        for (int i = 0; i < from.length; i++) {
            from[i] = ByteBuffer.wrap(data, i * 1024, 1024);
        }
        assertThat(client.transport.write(from, 0, from.length)).isEqualTo(data.length);
        assertThat(client.below.writes).isEqualTo(1);
        assertThat(client.below.plaintext.toByteArray()).isEqualTo(data);
        assertThat(client.below.bytesTaken).as("full records").isLessThan(data.length + 3_000);
    }

    @Test
    void leavesLimitsAndOtherBuffersAlone() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        var first = ByteBuffer.wrap(EngineClient.bytes(4, 100_000)).position(10).limit(90_000);
        var other = ByteBuffer.wrap(EngineClient.bytes(5, 10)).position(3);
        client.transport.write(new ByteBuffer[] {other, first, other}, 1, 1);
        assertThat(first.position()).isEqualTo(90_000);
        assertThat(first.limit()).isEqualTo(90_000);
        assertThat(other.position()).isEqualTo(3);
    }

    @Test
    void keepsPositionsWhenTheStreamBelowBreaks() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        var from = new ByteBuffer[] {ByteBuffer.wrap(EngineClient.bytes(6, 100))};
        client.below.say("why".getBytes(StandardCharsets.UTF_8));
        client.below.writeFailure = new IOException("Broken pipe");
        assertThatThrownBy(() -> client.transport.write(from, 0, 1)).hasMessage("Broken pipe");
        assertThat(from[0].position()).isZero();
        assertThat(client.readAll(100))
                .as("what was said before can be read")
                .asString()
                .isEqualTo("why");
    }

    @Test
    void onlyTheCallerSendsWhatIsHeld() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        var from = new ByteBuffer[] {ByteBuffer.wrap(EngineClient.bytes(13, 100))};
        client.below.accepts = offered -> 0;
        client.transport.write(from, 0, 1);
        client.transport.wantWritable();
        client.below.accepts = offered -> offered;
        client.transport.onReadable();
        client.transport.read(ByteBuffer.allocate(10));
        assertThat(client.below.plaintext.size()).isZero();
        client.transport.onWritable();
        assertThat(client.writable).isEqualTo(1);
        assertThat(client.below.plaintext.size()).isZero();
        client.transport.close();
        assertThat(client.below.plaintext.size())
                .as("no byte leaves with the end")
                .isZero();
        assertThat(client.below.closed).isTrue();
    }

    @Test
    void deliversTheExactBytesWhateverTheStreamTakes() throws Exception {
        long only = Long.getLong("tls.seed", -1);
        for (long seed = only < 0 ? 0 : only; seed < (only < 0 ? KNOWN_SEEDS : only + 1); seed++) {
            try {
                writesAtRandom(seed);
            } catch (AssertionError | IOException e) {
                throw new AssertionError("seed " + seed + ": -Dtls.seed=" + seed, e);
            }
        }
    }

    private void writesAtRandom(long seed) throws IOException {
        var random = new Random(seed);
        var client = EngineClient.open(seed % 2 == 0 ? "TLSv1.3" : "TLSv1.2");
        int most = random.nextBoolean() ? 300 : 40_000;
        client.below.accepts = offered -> random.nextInt(4) == 0 ? 0 : random.nextInt(Math.min(offered, most) + 1);
        var data = EngineClient.bytes(seed, random.nextInt(250_000) + 1);
        var from = cut(data, random);
        int first = 0;
        int advanced = 0;
        int end = 0;
        while (first < from.length) {
            int takenBefore = client.below.bytesTaken;
            end = Math.max(end, Math.min(from.length, first + 1 + random.nextInt(40))); // the same again, or more
            long count = client.transport.write(from, first, end - first);
            advanced += (int) count;
            assertThat(advanced)
                    .isEqualTo(
                            Arrays.stream(from).mapToInt(ByteBuffer::position).sum());
            assertThat(client.below.plaintext.size()).isLessThanOrEqualTo(advanced);
            if (client.below.bytesTaken == takenBefore) {
                assertThat(count).as("nothing taken").isZero();
            } else if (advanced > 0 && !from[first].hasRemaining()) {
                while (first < from.length && !from[first].hasRemaining()) {
                    first++;
                }
            }
            if (random.nextInt(5) == 0) {
                client.transport.onWritable();
                client.transport.onReadable();
            }
        }
        assertThat(client.below.plaintext.toByteArray()).isEqualTo(data);
    }

    private static ByteBuffer[] cut(byte[] data, Random random) {
        var buffers = new ArrayList<ByteBuffer>();
        int most = 1 + random.nextInt(60_000);
        for (int at = 0; at < data.length; ) {
            int count = Math.min(data.length - at, 1 + random.nextInt(most));
            var direct = random.nextBoolean() ? ByteBuffer.allocateDirect(count) : ByteBuffer.allocate(count);
            buffers.add(direct.put(data, at, count).flip());
            at += count;
        }
        return buffers.toArray(ByteBuffer[]::new);
    }
}
