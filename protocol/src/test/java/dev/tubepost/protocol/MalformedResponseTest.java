package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A reply is hostile input: whatever the bytes, a decoder gives a value or says what is malformed, and allocates no more than they justify. */
final class MalformedResponseTest {

    interface Decoder {
        Object read(WireReader body);
    }

    record Target(String name, ByteBuffer bytes, Decoder decoder) {
        @Override
        public String toString() {
            return name;
        }

        Object decode(ByteBuffer from) {
            return decoder.read(new WireReader(from, false));
        }
    }

    static List<Target> everyResponse() {
        List<Target> all = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            for (int v : RequestConformanceTest.apiVersionsVersions()) {
                ByteBuffer bytes = Apache.body(RandomResponses.apiVersions(new Values(seed), v), v);
                all.add(new Target(
                        "ApiVersions " + v + " seed " + seed, bytes, body -> ApiVersionsResponse.read(body, v)));
            }
            for (int v : RequestConformanceTest.metadataVersions()) {
                ByteBuffer bytes = Apache.body(RandomResponses.metadata(new Values(seed), v), v);
                all.add(new Target("Metadata " + v + " seed " + seed, bytes, body -> MetadataResponse.read(body, v)));
            }
            for (int v : RequestConformanceTest.initProducerIdVersions()) {
                ByteBuffer bytes = Apache.body(RandomResponses.initProducerId(new Values(seed)), v);
                all.add(new Target(
                        "InitProducerId " + v + " seed " + seed, bytes, body -> InitProducerIdResponse.read(body, v)));
            }
            for (int v : RequestConformanceTest.produceVersions()) {
                ByteBuffer bytes = Apache.body(RandomResponses.produce(new Values(seed), v), v);
                all.add(new Target("Produce " + v + " seed " + seed, bytes, body -> ProduceResponse.read(body, v)));
            }
            ByteBuffer handshake = Apache.body(RandomResponses.saslHandshake(new Values(seed)), 1);
            all.add(new Target("SaslHandshake 1 seed " + seed, handshake, body -> SaslHandshakeResponse.read(body, 1)));
            for (int v : RequestConformanceTest.saslAuthenticateVersions()) {
                ByteBuffer bytes = Apache.body(RandomResponses.saslAuthenticate(new Values(seed), v), v);
                all.add(new Target(
                        "SaslAuthenticate " + v + " seed " + seed,
                        bytes,
                        body -> SaslAuthenticateResponse.read(body, v)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("everyResponse")
    void cutAnywhereItIsMalformed(Target target) {
        for (int end = 0; end < target.bytes().limit(); end++) {
            ByteBuffer cut = target.bytes().duplicate().limit(end);
            assertThatThrownBy(() -> target.decode(cut))
                    .as("cut to %d bytes", end)
                    .isInstanceOf(MalformedMessageException.class)
                    .message()
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyResponse")
    void withAnyByteChangedItIsAValueOrMalformed(Target target) {
        byte[] good = new byte[target.bytes().remaining()];
        target.bytes().duplicate().get(good);
        for (int at = 0; at < good.length; at++) {
            for (byte wrong : new byte[] {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF}) {
                byte[] bad = good.clone();
                bad[at] = wrong;
                assertThat(outcome(target, ByteBuffer.wrap(bad)))
                        .as("byte %d is %d", at, wrong)
                        .isNotNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyResponse")
    void ofNoiseItIsAValueOrMalformed(Target target) {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            assertThat(outcome(target, ByteBuffer.wrap(noise))).isNotNull();
        }
    }

    private static Object outcome(Target target, ByteBuffer bytes) {
        try {
            return target.decode(bytes);
        } catch (MalformedMessageException e) {
            return e;
        }
    }

    @Test
    void aCountThatTheBytesCannotHoldIsRefusedBeforeAnythingIsAllocated() {
        ByteBuffer claims =
                ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(0).flip();
        assertThatThrownBy(() -> MetadataResponse.read(new WireReader(claims, false), 0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("brokers")
                .hasMessageContaining("2147483647");
    }

    @Test
    void aStringThatIsLongerThanTheMessageIsRefused() {
        ByteBuffer claims = ByteBuffer.allocate(4)
                .putShort((short) 30_000)
                .putShort((short) 0)
                .flip();
        assertThatThrownBy(() -> new WireReader(claims, false).string("host"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("host");
    }

    @Test
    void aStringThatIsNotUtf8IsRefused() {
        ByteBuffer bad = ByteBuffer.allocate(4)
                .putShort((short) 2)
                .put((byte) 0xC0)
                .put((byte) 0x20)
                .flip();
        assertThatThrownBy(() -> new WireReader(bad, false).string("host"))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aNegativeLengthOtherThanMinusOneIsRefused() {
        ByteBuffer bad = ByteBuffer.allocate(2).putShort((short) -2).flip();
        assertThatThrownBy(() -> new WireReader(bad, false).nullableString("rack"))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void theBrokersTextIsCutAndCannotForgeALogLine() {
        String text = "first\nERROR forged\u2028" + "x".repeat(1_000);
        var writer = new WireWriter(false);
        writer.string(text);
        String read = new WireReader(writer.finish(), false).text("error message");
        assertThat(read).hasSize(256).startsWith("first?ERROR forged?x").doesNotContain("\n");
    }

    @Test
    void aTextForPeopleThatIsNotUtf8IsNoReasonToRefuseTheReply() { // F32: an acknowledgement would be lost with it
        ByteBuffer bad = ByteBuffer.allocate(5)
                .putShort((short) 3)
                .put((byte) 'a')
                .put((byte) 0xC0)
                .put((byte) 'b')
                .flip();
        assertThat(new WireReader(bad, false).text("error message")).isEqualTo("a\uFFFDb");
    }

    @Test
    void anAddressThatIsNotUtf8LeavesTheRestOfTheReply() { // F31
        byte[] reply = {
            0,
            0,
            0,
            1, /* node */
            0,
            0,
            0,
            7, /* host */
            0,
            2,
            (byte) 0xC0,
            32, /* port */
            0,
            0,
            35,
            (byte) 132,
            -1,
            -1,
            /* controller */ 0,
            0,
            0,
            7, /* topics */
            0,
            0,
            0,
            0
        };
        var told = MetadataResponse.read(new WireReader(ByteBuffer.wrap(reply), false), 1);
        assertThat(told.brokers()).hasSize(1);
        assertThat(told.brokers().get(0).host()).startsWith("\uFFFD");
        assertThat(told.controllerId()).isEqualTo(7);
    }

    @Test
    void aBillionTagsAreRefusedBeforeTheFirstIsRead() { // F22
        ByteBuffer claims = ByteBuffer.allocate(100);
        Varint.writeUnsigned(claims, 1_000_000_000);
        claims.position(0);
        assertThatThrownBy(() -> new WireReader(claims, true).skipTags())
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("1000000000");
    }
}
