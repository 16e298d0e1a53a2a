package dev.tubepost.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How much memory a reply can make us keep: at most {@link #MOST} times its bytes, however its elements are chosen (F22). */
final class ReplyMemoryTest {

    private static final int REPLY_BYTES = 4 << 20;
    private static final double MOST = 20;

    /** No broker, no controller, and the beginning of a topic, as version 1 has it. */
    private static final String ONE_TOPIC = "00000000 00000000 00000001 0000 0001 61 00";

    /** The beginning of a Produce response of version 9, up to the count of refused records. */
    private static final String ONE_PARTITION =
            "02 02 61 02 00000000 0000 0000000000000000 0000000000000000 0000000000000000";

    /** A reply of one array, of as many elements as fit and are allowed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Worst(
            String name,
            byte[] before,
            byte[] element,
            byte[] after,
            boolean compact,
            MalformedResponseTest.Decoder decoder) {
        @Override
        public String toString() {
            return name;
        }

        ByteBuffer bytes() {
            int count = Math.min(
                    WireReader.MAX_ELEMENTS, (REPLY_BYTES - before.length - after.length - 5) / element.length);
            var bytes = ByteBuffer.allocate(REPLY_BYTES + 100).put(before);
            if (compact) {
                Varint.writeUnsigned(bytes, count + 1);
            } else {
                bytes.putInt(count);
            }
            for (int i = 0; i < count; i++) {
                bytes.put(element);
            }
            return bytes.put(after).flip();
        }
    }

    static List<Worst> worst() {
        return List.of(
                metadata("brokers", 1, "", "00000001 0001 61 00000001 0001 61", "00000000 00000000"),
                metadata("topics without name", 1, "00000000 00000000", "0000 0000 00 00000000", ""),
                metadata("topics with names", 1, "00000000 00000000", "0000 0001 61 00 00000000", ""),
                metadata("compact topics", 9, "00000000 01 00 00000000", "0000 02 61 00 01 00000000 00", "00000000 00"),
                metadata("partitions", 1, ONE_TOPIC, "0000 00000000 00000000 00000000 00000000", ""),
                metadata("replicas", 1, ONE_TOPIC + "00000001 0000 00000000 00000000", "00010203", "00000000"),
                produce("record errors", ONE_PARTITION, "00000001 02 61 00", "00 00 00 00000000 00"),
                mechanisms("mechanisms without name", "0000"),
                mechanisms("mechanisms with names", "0001 61"));
    }

    @ParameterizedTest
    @MethodSource("worst")
    void noReplyIsKeptInMuchMoreThanItsBytes(Worst worst) {
        ByteBuffer reply = worst.bytes();
        int bytes = reply.remaining();
        long before = used();
        Object kept = worst.decoder().read(new WireReader(reply, false));
        double factor = (double) (used() - before) / bytes;
        assertThat(kept).isNotNull();
        assertThat(reply.remaining()).as("what was not read").isZero();
        assertThat(factor).as("memory for each byte of the reply").isLessThan(MOST);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Worst metadata(String name, int version, String before, String element, String after) {
        return new Worst(
                name + " of metadata " + version,
                bytes(before),
                bytes(element),
                bytes(after),
                ApiKey.METADATA.isFlexible(version),
                body -> MetadataResponse.read(body, version));
    }

    private static Worst produce(String name, String before, String element, String after) {
        return new Worst(
                name, bytes(before), bytes(element), bytes(after), true, body -> ProduceResponse.read(body, 9));
    }

    private static Worst mechanisms(String name, String element) {
        return new Worst(
                name, bytes("0000"), bytes(element), bytes(""), false, body -> SaslHandshakeResponse.read(body, 1));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
