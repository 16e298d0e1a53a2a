package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.tls.testing.Certificates;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** The way from a stream to a secure one, the work that is done on the side, and the goodbye. */
final class TlsBeginAndEndTest {

    /** More than any buffer here takes. */
    private static final int FAR_AHEAD_BYTES = 300_000;

    @Test
    void hearsNothingOfWhatComesBeforeItBegan() throws Exception {
        var client = new EngineClient("TLSv1.3");
        client.below.sayRaw(new byte[FAR_AHEAD_BYTES]);
        assertThat(client.select()).as("an event loop has nothing to do").isZero();
        client.settle();
        assertThat(client.failure).as("it is read afterwards").isInstanceOf(SSLException.class);
    }

    @Test
    void hearsNothingOfWhatComesWhileATaskRuns() throws Exception {
        var client = new EngineClient("TLSv1.3");
        client.below.gives = room -> Math.min(room, 150);
        client.actor.runAll();
        assertThat(client.select()).isLessThan(EngineClient.MOST_EVENTS);
        assertThat(client.actor.hasWork()).as("a task").isTrue();
        client.below.sayRaw(new byte[FAR_AHEAD_BYTES]);
        assertThat(client.select()).as("an event loop has nothing to do").isZero();
        client.settle();
        assertThat(client.events).containsExactly("connected");
        assertThatThrownBy(() -> client.transport.read(ByteBuffer.allocate(100)))
                .as("it is read afterwards")
                .isInstanceOf(SSLException.class);
    }

    @Test
    void readsOnWhenATaskIsDone() throws Exception {
        var client = new EngineClient("TLSv1.3");
        client.below.gives = room -> Math.min(room, 150);
        client.actor.runAll();
        client.select();
        assertThat(client.actor.hasWork()).as("a task").isTrue();
        client.transport.onReadable();
        client.transport.onWritable();
        assertThat(client.below.hasBytesForClient()).as("waits below").isTrue();
        client.settle();
        assertThat(client.events).containsExactly("connected");
        client.below.gives = room -> room;
        client.below.say(EngineClient.bytes(14, 100));
        assertThat(client.below.isReadable()).isTrue();
        assertThat(client.readAll(1000)).isEqualTo(EngineClient.bytes(14, 100));
    }

    @Test
    void isSilentAfterACloseWhileATaskRuns() {
        var client = new EngineClient("TLSv1.3");
        client.actor.runAll();
        client.transport.onReadable();
        assertThat(client.actor.hasWork()).as("a task").isTrue();
        client.transport.close();
        assertThat(client.below.closed).isTrue();
        client.transport.onReadable();
        client.transport.onWritable();
        client.actor.runAll();
        assertThat(client.events).isEmpty();
    }

    @Test
    void isSilentAfterACloseBeforeItBegan() {
        var client = new EngineClient("TLSv1.3");
        client.transport.close();
        client.actor.runAll();
        assertThat(client.events).isEmpty();
        assertThat(client.below.writes).isZero();
    }

    @Test
    void failsWhenThePeerIsGoneBeforeItBegan() {
        var client = new EngineClient("TLSv1.3");
        client.below.ended = true;
        assertThat(client.select()).as("an event loop has nothing to do").isZero();
        client.actor.runAll();
        assertThat(client.events).containsExactly("failed");
        assertThat(client.failure).hasMessageContaining("closed the connection");
    }

    @Test
    void mayBeClosedWhenItIsToldThatItIsOpen() throws Exception {
        var client = new EngineClient("TLSv1.3");
        client.closesWhenConnected = true;
        client.settle();
        assertThat(client.events).containsExactly("connected");
        assertThat(client.readable).isZero();
        assertThatThrownBy(() -> client.transport.write(new ByteBuffer[] {ByteBuffer.allocate(1)}, 0, 1))
                .isInstanceOf(IOException.class);
    }

    @Test
    void tellsTheServerByAnAlertWhomItDoesNotTrust() {
        var stranger = Certificates.named("broker").selfSigned().serverContext(EngineClient.AUTHORITY);
        var client = new EngineClient("TLSv1.3", stranger).settle();
        assertThat(client.failure).isInstanceOf(SSLHandshakeException.class);
        assertThat(client.events).containsExactly("failed");
        assertThat(client.below.serverFailure).hasMessageContaining("alert");
        assertThat(client.below.closed).isTrue();
    }

    @Test
    void saysGoodbye() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.transport.close();
        client.transport.close();
        assertThat(client.below.server.isInboundDone()).as("close_notify").isTrue();
        assertThat(client.below.closed).isTrue();
    }
}
