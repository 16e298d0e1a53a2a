package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

/** A peer that begins to talk of keys in the middle (F102). */
final class TlsKeyChangeTest {

    @Test
    void refusesRenegotiation() throws Exception {
        var client = EngineClient.open("TLSv1.2");
        client.below.server.beginHandshake();
        client.below.sayOwn();
        assertThatThrownBy(() -> client.transport.read(ByteBuffer.allocate(100)))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("renegotiation");
        assertThatThrownBy(() ->
                        client.transport.write(new ByteBuffer[] {ByteBuffer.wrap(EngineClient.bytes(1, 1))}, 0, 1))
                .hasMessageContaining("renegotiation");
    }

    @Test
    void changesKeysWhenThePeerAsks() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.below.server.beginHandshake(); // after the handshake, in TLS 1.3: a KeyUpdate that asks for ours
        client.below.sayOwn();
        client.below.say(EngineClient.bytes(11, 10));
        client.below.accepts = offered -> 0;
        assertThat(client.readAll(100)).isEqualTo(EngineClient.bytes(11, 10));
        assertThat(client.below.wantsWritable).as("ours waits for the stream").isTrue();
        client.below.accepts = offered -> offered;
        client.transport.onWritable();
        assertThat(client.below.bytesTaken).isPositive();
        assertThat(client.below.serverFailure).isNull();
        var from = new ByteBuffer[] {ByteBuffer.wrap(EngineClient.bytes(12, 1000))};
        assertThat(client.transport.write(from, 0, 1)).isEqualTo(1000);
        assertThat(client.below.plaintext.toByteArray()).isEqualTo(EngineClient.bytes(12, 1000));
    }

    @Test
    void cutsOffAPeerThatHasKeysChangedAndDoesNotRead() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.below.accepts = offered -> 0;
        var into = ByteBuffer.allocate(100);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        client.below.server.beginHandshake();
                        client.below.sayOwn();
                        client.transport.read(into.clear());
                    }
                })
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("does not read");
    }
}
