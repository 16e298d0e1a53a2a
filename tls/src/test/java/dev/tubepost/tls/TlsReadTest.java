package dev.tubepost.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller reads, and how the stream ends, over a stream that gives what the test says (F102). */
final class TlsReadTest {

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void opensThoughBytesComeAndGoOneByOne(String protocol) throws Exception {
        var client = new EngineClient(protocol);
        client.below.accepts = offered -> 1;
        client.below.gives = room -> 1;
        client.settle();
        assertThat(client.events).containsExactly("connected");
        client.below.accepts = offered -> offered;
        client.below.say(EngineClient.bytes(1, 500));
        var received = new ByteArrayOutputStream();
        while (client.below.hasBytesForClient()) {
            received.write(client.readAll(64));
        }
        assertThat(received.toByteArray()).isEqualTo(EngineClient.bytes(1, 500));
    }

    @Test
    void tellsOfDataThatWasNotDelivered() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.below.say(EngineClient.bytes(7, 1000));
        client.transport.onReadable();
        var into = ByteBuffer.allocate(10);
        assertThat(client.transport.read(into)).isEqualTo(10);
        assertThat(client.below.hasBytesForClient())
                .as("the stream below has nothing to tell")
                .isFalse();
        client.readable = 0;
        client.actor.runCommands();
        assertThat(client.readable).isEqualTo(1);
        assertThat(client.readAll(4096)).hasSize(990);
        client.readable = 0;
        client.actor.runCommands();
        assertThat(client.readable).as("all was delivered").isZero();
    }

    @Test
    void fillsTheBufferFromManyRecords() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        for (int i = 0; i < 50; i++) {
            client.below.say(new byte[] {(byte) i}); // records of one byte (F102)
        }
        var into = ByteBuffer.allocate(64);
        assertThat(client.transport.read(into)).isEqualTo(50);
        assertThat(into.get(49)).isEqualTo((byte) 49);
        assertThat(client.transport.read(into)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void endsWhenThePeerEndsWithOrWithoutSayingSo(boolean closeNotify) throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.below.say(EngineClient.bytes(8, 100));
        if (closeNotify) {
            client.below.server.closeOutbound();
            client.below.sayOwn();
        }
        client.below.ended = true;
        var into = ByteBuffer.allocate(1000);
        assertThat(client.transport.read(into)).isEqualTo(100);
        client.readable = 0;
        client.actor.runCommands();
        assertThat(client.readable).as("the end is told").isEqualTo(closeNotify ? 1 : client.readable);
        assertThat(client.transport.read(into)).isEqualTo(-1);
        assertThat(client.transport.read(into)).isEqualTo(-1);
    }

    @Test
    void neverTakesAPartOfARecord() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.below.say(EngineClient.bytes(9, 100));
        client.below.gives = room -> Math.min(room, 60);
        var into = ByteBuffer.allocate(1000);
        assertThat(client.transport.read(into)).isZero();
        var rest = ByteBuffer.allocate(20);
        client.below.read(rest); // cut off
        client.below.ended = true;
        client.below.gives = room -> room;
        assertThat(client.transport.read(into)).isZero();
        assertThat(client.transport.read(into)).isEqualTo(-1);
        assertThat(into.position()).isZero();
    }

    @Test
    void failsForGoodWithTheFirstReason() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.below.sayRaw(new byte[] {23, 3, 3, 0x7f, (byte) 0xff, 1, 2, 3}); // a record that is too long
        var into = ByteBuffer.allocate(1000);
        assertThatThrownBy(() -> client.transport.read(into)).isInstanceOf(SSLException.class);
        var again = catchThrowable(() -> client.transport.read(into));
        assertThat(again).isInstanceOf(SSLException.class);
        assertThatThrownBy(() ->
                        client.transport.write(new ByteBuffer[] {ByteBuffer.wrap(EngineClient.bytes(1, 1))}, 0, 1))
                .isSameAs(again);
    }

    @Test
    void takesRecordsUpToTheLimitOfTls() throws Exception {
        var client = EngineClient.open("TLSv1.3");
        client.below.say(EngineClient.bytes(10, 16_384));
        assertThat(client.readAll(1000)).isEqualTo(EngineClient.bytes(10, 16_384));
    }
}
