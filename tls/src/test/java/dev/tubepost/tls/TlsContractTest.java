package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tubepost.internal.env.Transport;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import dev.tubepost.tls.testing.Certificates;
import dev.tubepost.tls.testing.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code SecuredTransport} promises, over a stream that takes and gives what the test says (F102). */
final class TlsContractTest {

    private static final Identity AUTHORITY = Certificates.authority("Test CA");
    private static final SSLContext SERVER =
            Certificates.named("broker").issuedBy(AUTHORITY).serverContext(AUTHORITY);
    private static final TlsOptions OPTIONS = TlsOptions.builder()
            .trust(TrustSource.pem(AUTHORITY.certificatesPem()))
            .build();
    private static final int KNOWN_SEEDS = 60;

    /** One client over one stream. <em>Confined to the test's thread.</em> */
    private static final class World implements Transport.Handler {
        final ScriptedActor actor = new ScriptedActor();
        final EngineStream below;
        final TlsTransport transport;
        final List<String> events = new ArrayList<>();

        @Nullable
        IOException failure;

        int readable;
        int writable;
        boolean closesWhenConnected;

        World(String protocol) {
            this(protocol, SERVER);
        }

        World(String protocol, SSLContext context) {
            below = new EngineStream(context, protocol);
            var security = new JsseProvider().security(OPTIONS);
            transport = (TlsTransport) security.secure(below, actor, "localhost", 9093, this);
            assertThat(events).as("not told from within").isEmpty();
        }

        /** Until nothing moves any more. */
        World settle() {
            boolean moved = true;
            while (moved && !below.closed) {
                moved = actor.runAll();
                if (below.hasBytesForClient() && !events.contains("connected")) {
                    transport.onReadable();
                    moved = true;
                }
                if (below.wantsWritable) {
                    below.wantsWritable = false;
                    transport.onWritable();
                    moved = true;
                }
            }
            actor.runAll();
            return this;
        }

        static World open(String protocol) {
            var world = new World(protocol).settle();
            assertThat(world.events).containsExactly("connected");
            drain(world);
            world.below.writes = 0;
            world.readable = 0;
            return world;
        }

        @Override
        public void onConnected() {
            events.add("connected");
            if (closesWhenConnected) {
                transport.close();
            }
        }

        @Override
        public void onReadable() {
            readable++;
        }

        @Override
        public void onWritable() {
            writable++;
        }

        @Override
        public void onConnectFailed(IOException cause) {
            events.add("failed");
            failure = cause;
        }
    }

    /** Session tickets, which are nothing for the user. */
    private static void drain(World world) {
        try {
            while (world.below.hasBytesForClient()) {
                assertThat(world.transport.read(ByteBuffer.allocate(1024))).isZero();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(long seed, int count) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] readAll(World world, int room) throws IOException {
        var all = new ByteArrayOutputStream();
        var into = ByteBuffer.allocate(room);
        int count = world.transport.read(into);
        while (count > 0) {
            all.write(into.array(), 0, count);
            count = world.transport.read(into.clear());
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void opensThoughBytesComeAndGoOneByOne(String protocol) throws Exception {
        var world = new World(protocol);
        world.below.accepts = offered -> 1;
        world.below.gives = room -> 1;
        world.settle();
        assertThat(world.events).containsExactly("connected");
        world.below.accepts = offered -> offered;
        world.below.say(bytes(1, 500));
        var received = new ByteArrayOutputStream();
        while (world.below.hasBytesForClient()) {
            received.write(readAll(world, 64));
        }
        assertThat(received.toByteArray()).isEqualTo(bytes(1, 500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void movesPositionsOnlyPastWhatHasLeft(String protocol) throws Exception {
        var world = World.open(protocol);
        var data = bytes(2, 1000);
        var from = new ByteBuffer[] {ByteBuffer.wrap(data, 0, 300), ByteBuffer.wrap(data, 300, 700)};
        world.below.accepts = offered -> 0;
        assertThat(world.transport.write(from, 0, 2)).isZero();
        assertThat(from[0].position()).as("nothing has left").isZero();
        assertThat(world.transport.write(from, 0, 2)).isZero();

        world.below.accepts = offered -> 10;
        assertThat(world.transport.write(from, 0, 2)).isEqualTo(999);
        assertThat(from[0].hasRemaining()).isFalse();
        assertThat(from[1].remaining()).as("begun: all but the last byte").isEqualTo(1);
        assertThat(world.transport.write(from, 0, 2)).isZero();

        world.below.accepts = offered -> offered;
        assertThat(world.transport.write(from, 1, 1)).isEqualTo(1);
        assertThat(from[1].hasRemaining()).isFalse();
        assertThat(world.below.plaintext.toByteArray()).isEqualTo(data);
    }

    @Test
    void makesOneWriteForManyRecords() throws Exception {
        var world = World.open("TLSv1.3");
        var data = bytes(3, TlsTransport.CHUNK_BYTES);
        var from = new ByteBuffer[64];
        for (int i = 0; i < from.length; i++) {
            from[i] = ByteBuffer.wrap(data, i * 1024, 1024);
        }
        assertThat(world.transport.write(from, 0, from.length)).isEqualTo(data.length);
        assertThat(world.below.writes).isEqualTo(1);
        assertThat(world.below.plaintext.toByteArray()).isEqualTo(data);
        assertThat(world.below.bytesTaken).as("full records").isLessThan(data.length + 3_000);
    }

    @Test
    void leavesLimitsAndOtherBuffersAlone() throws Exception {
        var world = World.open("TLSv1.3");
        var first = ByteBuffer.wrap(bytes(4, 100_000)).position(10).limit(90_000);
        var other = ByteBuffer.wrap(bytes(5, 10)).position(3);
        world.transport.write(new ByteBuffer[] {other, first, other}, 1, 1);
        assertThat(first.position()).isEqualTo(90_000);
        assertThat(first.limit()).isEqualTo(90_000);
        assertThat(other.position()).isEqualTo(3);
    }

    @Test
    void keepsPositionsWhenTheStreamBelowBreaks() throws Exception {
        var world = World.open("TLSv1.3");
        var from = new ByteBuffer[] {ByteBuffer.wrap(bytes(6, 100))};
        world.below.say("why".getBytes(StandardCharsets.UTF_8));
        world.below.writeFailure = new IOException("Broken pipe");
        assertThatThrownBy(() -> world.transport.write(from, 0, 1)).hasMessage("Broken pipe");
        assertThat(from[0].position()).isZero();
        assertThat(readAll(world, 100))
                .as("what was said before can be read")
                .asString()
                .isEqualTo("why");
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
        var world = World.open(seed % 2 == 0 ? "TLSv1.3" : "TLSv1.2");
        int most = random.nextBoolean() ? 300 : 40_000;
        world.below.accepts = offered -> random.nextInt(4) == 0 ? 0 : random.nextInt(Math.min(offered, most) + 1);
        var data = bytes(seed, random.nextInt(250_000) + 1);
        var from = cut(data, random);
        int first = 0;
        int advanced = 0;
        int end = 0;
        while (first < from.length) {
            int takenBefore = world.below.bytesTaken;
            end = Math.max(end, Math.min(from.length, first + 1 + random.nextInt(40))); // the same again, or more
            long count = world.transport.write(from, first, end - first);
            advanced += (int) count;
            assertThat(advanced)
                    .isEqualTo(
                            Arrays.stream(from).mapToInt(ByteBuffer::position).sum());
            assertThat(world.below.plaintext.size()).isLessThanOrEqualTo(advanced);
            if (world.below.bytesTaken == takenBefore) {
                assertThat(count).as("nothing taken").isZero();
            } else if (advanced > 0 && !from[first].hasRemaining()) {
                while (first < from.length && !from[first].hasRemaining()) {
                    first++;
                }
            }
            if (random.nextInt(5) == 0) {
                world.transport.onWritable();
                world.transport.onReadable();
            }
        }
        assertThat(world.below.plaintext.toByteArray()).isEqualTo(data);
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

    @Test
    void tellsOfDataThatWasNotDelivered() throws Exception {
        var world = World.open("TLSv1.3");
        world.below.say(bytes(7, 1000));
        world.transport.onReadable();
        var into = ByteBuffer.allocate(10);
        assertThat(world.transport.read(into)).isEqualTo(10);
        assertThat(world.below.hasBytesForClient())
                .as("the stream below has nothing to tell")
                .isFalse();
        world.readable = 0;
        world.actor.runCommands();
        assertThat(world.readable).isEqualTo(1);
        assertThat(readAll(world, 4096)).hasSize(990);
        world.readable = 0;
        world.actor.runCommands();
        assertThat(world.readable).as("all was delivered").isZero();
    }

    @Test
    void fillsTheBufferFromManyRecords() throws Exception {
        var world = World.open("TLSv1.3");
        for (int i = 0; i < 50; i++) {
            world.below.say(new byte[] {(byte) i}); // records of one byte (F102)
        }
        var into = ByteBuffer.allocate(64);
        assertThat(world.transport.read(into)).isEqualTo(50);
        assertThat(into.get(49)).isEqualTo((byte) 49);
        assertThat(world.transport.read(into)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsWhenThePeerEndsWithOrWithoutSayingSo(boolean closeNotify) throws Exception {
        var world = World.open("TLSv1.3");
        world.below.say(bytes(8, 100));
        if (closeNotify) {
            world.below.server.closeOutbound();
            world.below.sayOwn();
        }
        world.below.ended = true;
        var into = ByteBuffer.allocate(1000);
        assertThat(world.transport.read(into)).isEqualTo(100);
        world.readable = 0;
        world.actor.runCommands();
        assertThat(world.readable).as("the end is told").isEqualTo(closeNotify ? 1 : world.readable);
        assertThat(world.transport.read(into)).isEqualTo(-1);
        assertThat(world.transport.read(into)).isEqualTo(-1);
    }

    @Test
    void neverTakesAPartOfARecord() throws Exception {
        var world = World.open("TLSv1.3");
        world.below.say(bytes(9, 100));
        world.below.gives = room -> Math.min(room, 60);
        var into = ByteBuffer.allocate(1000);
        assertThat(world.transport.read(into)).isZero();
        var rest = ByteBuffer.allocate(20);
        world.below.read(rest); // cut off
        world.below.ended = true;
        world.below.gives = room -> room;
        assertThat(world.transport.read(into)).isZero();
        assertThat(world.transport.read(into)).isEqualTo(-1);
        assertThat(into.position()).isZero();
    }

    @Test
    void failsForGoodWithTheFirstReason() throws Exception {
        var world = World.open("TLSv1.3");
        world.below.sayRaw(new byte[] {23, 3, 3, 0x7f, (byte) 0xff, 1, 2, 3}); // a record that is too long
        var into = ByteBuffer.allocate(1000);
        assertThatThrownBy(() -> world.transport.read(into)).isInstanceOf(SSLException.class);
        var again = catchThrowable(() -> world.transport.read(into));
        assertThat(again).isInstanceOf(SSLException.class);
        assertThatThrownBy(() -> world.transport.write(new ByteBuffer[] {ByteBuffer.wrap(bytes(1, 1))}, 0, 1))
                .isSameAs(again);
    }

    @Test
    void takesRecordsUpToTheLimitOfTls() throws Exception {
        var world = World.open("TLSv1.3");
        world.below.say(bytes(10, 16_384));
        assertThat(readAll(world, 1000)).isEqualTo(bytes(10, 16_384));
    }

    @Test
    void refusesRenegotiation() throws Exception {
        var world = World.open("TLSv1.2");
        world.below.server.beginHandshake();
        world.below.sayOwn();
        assertThatThrownBy(() -> world.transport.read(ByteBuffer.allocate(100)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("renegotiation");
        assertThatThrownBy(() -> world.transport.write(new ByteBuffer[] {ByteBuffer.wrap(bytes(1, 1))}, 0, 1))
                .hasMessageContaining("renegotiation");
    }

    @Test
    void changesKeysWhenThePeerAsks() throws Exception {
        var world = World.open("TLSv1.3");
        world.below.server.beginHandshake(); // after the handshake, in TLS 1.3: a KeyUpdate that asks for ours
        world.below.sayOwn();
        world.below.say(bytes(11, 10));
        world.below.accepts = offered -> 0;
        assertThat(readAll(world, 100)).isEqualTo(bytes(11, 10));
        assertThat(world.below.wantsWritable).as("ours waits for the stream").isTrue();
        world.below.accepts = offered -> offered;
        world.transport.onWritable();
        assertThat(world.below.bytesTaken).isPositive();
        assertThat(world.below.serverFailure).isNull();
        var from = new ByteBuffer[] {ByteBuffer.wrap(bytes(12, 1000))};
        assertThat(world.transport.write(from, 0, 1)).isEqualTo(1000);
        assertThat(world.below.plaintext.toByteArray()).isEqualTo(bytes(12, 1000));
    }

    @Test
    void cutsOffAPeerThatHasKeysChangedAndDoesNotRead() throws Exception {
        var world = World.open("TLSv1.3");
        world.below.accepts = offered -> 0;
        var into = ByteBuffer.allocate(100);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        world.below.server.beginHandshake();
                        world.below.sayOwn();
                        world.transport.read(into.clear());
                    }
                })
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("does not read");
    }

    @Test
    void onlyTheCallerSendsWhatIsHeld() throws Exception {
        var world = World.open("TLSv1.3");
        var from = new ByteBuffer[] {ByteBuffer.wrap(bytes(13, 100))};
        world.below.accepts = offered -> 0;
        world.transport.write(from, 0, 1);
        world.transport.wantWritable();
        world.below.accepts = offered -> offered;
        world.transport.onReadable();
        world.transport.read(ByteBuffer.allocate(10));
        assertThat(world.below.plaintext.size()).isZero();
        world.transport.onWritable();
        assertThat(world.writable).isEqualTo(1);
        assertThat(world.below.plaintext.size()).isZero();
        world.transport.close();
        assertThat(world.below.plaintext.size())
                .as("no byte leaves with the end")
                .isZero();
        assertThat(world.below.closed).isTrue();
    }

    @Test
    void saysGoodbye() {
        var world = World.open("TLSv1.3");
        world.transport.close();
        world.transport.close();
        assertThat(world.below.server.isInboundDone()).as("close_notify").isTrue();
        assertThat(world.below.closed).isTrue();
    }

    @Test
    void tellsTheServerByAnAlertWhomItDoesNotTrust() {
        var stranger = Certificates.named("broker").selfSigned().serverContext(AUTHORITY);
        var world = new World("TLSv1.3", stranger).settle();
        assertThat(world.failure).isInstanceOf(SSLHandshakeException.class);
        assertThat(world.events).containsExactly("failed");
        assertThat(world.below.serverFailure).hasMessageContaining("alert");
        assertThat(world.below.closed).isTrue();
    }

    @Test
    void isSilentAfterACloseWhileATaskRuns() {
        var world = new World("TLSv1.3");
        world.actor.runAll();
        world.transport.onReadable();
        assertThat(world.actor.hasWork()).as("a task").isTrue();
        world.transport.close();
        assertThat(world.below.closed).isTrue();
        world.transport.onReadable();
        world.transport.onWritable();
        world.actor.runAll();
        assertThat(world.events).isEmpty();
    }

    @Test
    void takesInWhatComesWhileATaskRuns() throws Exception {
        var world = new World("TLSv1.3");
        world.below.gives = room -> Math.min(room, 150);
        world.actor.runAll();
        world.transport.onReadable();
        assertThat(world.actor.hasWork()).as("a task").isTrue();
        world.below.gives = room -> room;
        world.transport.onReadable();
        assertThat(world.below.hasBytesForClient())
                .as("the event loop is not kept awake")
                .isFalse();
        world.settle();
        assertThat(world.events).containsExactly("connected");
        world.below.say(bytes(14, 100));
        assertThat(readAll(world, 1000)).isEqualTo(bytes(14, 100));
    }

    @Test
    void isSilentAfterACloseBeforeItBegan() {
        var world = new World("TLSv1.3");
        world.transport.close();
        world.actor.runAll();
        assertThat(world.events).isEmpty();
        assertThat(world.below.writes).isZero();
    }

    @Test
    void failsAtOnceWhenThePeerIsGoneBeforeItBegan() {
        var world = new World("TLSv1.3");
        world.below.ended = true;
        world.transport.onReadable();
        world.actor.runAll();
        assertThat(world.events).containsExactly("failed");
        assertThat(world.failure).hasMessageContaining("closed the connection");
    }

    @Test
    void mayBeClosedWhenItIsToldThatItIsOpen() {
        var world = new World("TLSv1.3");
        world.closesWhenConnected = true;
        world.settle();
        assertThat(world.events).containsExactly("connected");
        assertThat(world.readable).isZero();
        assertThatThrownBy(() -> world.transport.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1))
                .isInstanceOf(IOException.class);
    }
}
