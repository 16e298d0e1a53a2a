package dev.tubepost.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fate, between a client and a server of plain frames: the server answers each request with its correlation id and its last byte. */
final class FaultProxyTest {

    private static final int REQUEST_BYTES = 9;
    private static final int REPLY_BYTES = 5;

    private ServerSocket server;
    private FaultProxy proxy;
    private Socket client;
    private DataOutputStream out;
    private DataInputStream in;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 10, loopback());
        var thread = new Thread(this::serve, "frames");
        thread.setDaemon(true);
        thread.start();
        proxy = FaultProxy.open(1);
        proxy.forward("127.0.0.1:" + server.getLocalPort());
        client = connect(proxy);
        client.setSoTimeout(10_000);
        out = new DataOutputStream(client.getOutputStream());
        in = new DataInputStream(client.getInputStream());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void tellsWhatPasses() throws IOException {
        List<Frame> seen = new ArrayList<>();
        proxy.script(frame -> {
            seen.add(frame);
            return Fate.pass();
        });
        ask(7, 42);
        assertThat(reply()).isEqualTo(List.of(7, 42));
        assertThat(seen)
                .containsExactly(
                        new Frame(1, Direction.TO_BROKER, 3, 12, 7, REQUEST_BYTES),
                        new Frame(1, Direction.TO_CLIENT, 3, 12, 7, REPLY_BYTES));
        assertThat(seen).noneMatch(Frame::isProduce).noneMatch(Frame::isProduceReply);
    }

    @Test
    void aDroppedReplyIsGoneAndTheNextOneComes() throws IOException {
        proxy.script(frame ->
                frame.direction() == Direction.TO_CLIENT && frame.correlationId() == 1 ? Fate.drop() : Fate.pass());
        ask(1, 10);
        ask(2, 20);
        assertThat(reply()).isEqualTo(List.of(2, 20));
    }

    @Test
    void aTruncatedFrameEndsWithAReset() throws IOException {
        proxy.script(frame -> frame.direction() == Direction.TO_CLIENT ? Fate.truncate(6) : Fate.pass());
        ask(1, 10);
        assertThatThrownBy(() -> in.readFully(new byte[7])).isInstanceOfAny(SocketException.class, EOFException.class);
    }

    @Test
    void aCutRequestNeverReachesTheBroker() throws IOException {
        List<Frame> replies = new ArrayList<>();
        proxy.script(frame -> {
            if (frame.direction() == Direction.TO_CLIENT) {
                replies.add(frame);
            }
            return frame.direction() == Direction.TO_BROKER ? Fate.cut() : Fate.pass();
        });
        ask(1, 10);
        assertThatThrownBy(in::readByte).isInstanceOfAny(SocketException.class, EOFException.class);
        assertThat(replies).isEmpty();
    }

    @Test
    void aCorruptFrameHasAnotherByte() throws IOException {
        proxy.script(frame -> frame.direction() == Direction.TO_CLIENT ? Fate.corrupt(4) : Fate.pass());
        ask(1, 10);
        assertThat(reply()).isEqualTo(List.of(1, 10 ^ 0x55));
    }

    @Test
    void aSilentConnectionStaysOpen() throws IOException {
        proxy.script(frame -> frame.direction() == Direction.TO_CLIENT ? Fate.silence() : Fate.pass());
        ask(1, 10);
        client.setSoTimeout(100);
        assertThatThrownBy(in::readByte).isInstanceOf(SocketTimeoutException.class);
        assertThat(proxy.connections(1)).isEqualTo(1);
        proxy.cutAll(1);
        client.setSoTimeout(10_000);
        assertThatThrownBy(in::readByte).isInstanceOfAny(SocketException.class, EOFException.class);
        assertThat(proxy.connections(1)).isZero();
    }

    @Test
    void aHalfClosedConnectionEndsForTheReceiverOnly() throws IOException {
        proxy.script(frame -> frame.direction() == Direction.TO_CLIENT ? Fate.halfClose() : Fate.pass());
        ask(1, 10);
        assertThat(reply()).isEqualTo(List.of(1, 10));
        assertThat(in.read()).isEqualTo(-1);
        ask(2, 20); // the other direction goes on
        assertThat(client.isOutputShutdown()).isFalse();
    }

    @Test
    void aHeldFrameAndASlowLineComeInTheEnd() throws IOException {
        proxy.line(new Line(Duration.ofMillis(1), 1_000));
        proxy.script(frame -> frame.direction() == Direction.TO_CLIENT ? Fate.hold(Duration.ofMillis(5)) : Fate.pass());
        ask(1, 10);
        assertThat(reply()).isEqualTo(List.of(1, 10));
    }

    @Test
    void nobodyIsReachedBeforeItIsSaidWhere() throws IOException {
        try (var closed = FaultProxy.open(1);
                var lost = connect(closed)) {
            lost.setSoTimeout(10_000);
            assertThatThrownBy(() -> new DataInputStream(lost.getInputStream()).readByte())
                    .isInstanceOfAny(SocketException.class, EOFException.class);
            assertThatThrownBy(() -> closed.forward("127.0.0.1:1,127.0.0.1:2"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 addresses are needed");
            assertThatThrownBy(() -> closed.address(2)).hasMessageContaining("There is no broker 2");
        }
    }

    private void ask(int correlationId, int value) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(4 + REQUEST_BYTES)
                .putInt(REQUEST_BYTES)
                .putShort((short) 3)
                .putShort((short) 12)
                .putInt(correlationId)
                .put((byte) value);
        out.write(request.array());
    }

    private List<Integer> reply() throws IOException {
        assertThat(in.readInt()).isEqualTo(REPLY_BYTES);
        return List.of(in.readInt(), (int) in.readByte());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket peer = server.accept()) {
                answer(new DataInputStream(peer.getInputStream()), new DataOutputStream(peer.getOutputStream()));
            } catch (IOException e) {
                // The proxy has reset the connection, or the test is over.
            }
        }
    }

    private static void answer(DataInputStream requests, DataOutputStream replies) throws IOException {
        while (true) {
            byte[] request = new byte[requests.readInt()];
            requests.readFully(request);
            ByteBuffer reply = ByteBuffer.allocate(4 + REPLY_BYTES)
                    .putInt(REPLY_BYTES)
                    .putInt(ByteBuffer.wrap(request).getInt(4))
                    .put(request[request.length - 1]);
            replies.write(reply.array());
        }
    }

    private static Socket connect(FaultProxy proxy) throws IOException {
        String address = proxy.address(1);
        return new Socket(loopback(), Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
