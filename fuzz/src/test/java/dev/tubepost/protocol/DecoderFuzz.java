package dev.tubepost.protocol;

import dev.tubepost.fuzz.Allocation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.MessageUtil;

/**
 * Any bytes as the body of any reply of any version: a value, or a {@link MalformedMessageException}, and no more memory than the bytes justify (F22).
 * <em>Static, without state.</em>
 *
 * <pre>
 *   input:   which message and version (1 byte) | the body, with the tagged fields of a flexible header before it
 * </pre>
 */
public final class DecoderFuzz {

    /** Decoders throw away what they read texts with: for a string of one letter, a hundred times its bytes. */
    private static final int MOST_TIMES = 250;

    record Choice(ApiKey key, int version) {

        Object read(ByteBuffer bytes) {
            var body = new WireReader(bytes, key.isFlexible(version));
            return switch (key) {
                case PRODUCE -> ProduceResponse.read(body, version);
                case METADATA -> MetadataResponse.read(body, version);
                case SASL_HANDSHAKE -> SaslHandshakeResponse.read(body, version);
                case API_VERSIONS -> ApiVersionsResponse.read(body, version);
                case INIT_PRODUCER_ID -> InitProducerIdResponse.read(body, version);
                case SASL_AUTHENTICATE -> SaslAuthenticateResponse.read(body, version);
            };
        }
    }

    static final List<Choice> CHOICES = choices();

    private DecoderFuzz() {}

    private static List<Choice> choices() {
        List<Choice> all = new ArrayList<>();
        for (ApiKey key : ApiKey.values()) {
            for (int version = key.versions().min(); version <= key.versions().max(); version++) {
                all.add(new Choice(key, version));
            }
        }
        return all;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        Choice choice = chosen(input);
        Allocation.check(input.length, MOST_TIMES, () -> read(choice, body(input)));
    }

    private static void read(Choice choice, ByteBuffer body) {
        try {
            var unused = Objects.requireNonNull(choice.read(body)).hashCode(); // it looks at all of it
        } catch (MalformedMessageException e) {
            String told = String.valueOf(e.getMessage());
            if (told.isEmpty() || !told.equals(PeerText.of(told))) {
                throw new IllegalStateException("what is malformed is not said, or with the peer's own bytes", e);
            }
        }
    }

    static Choice chosen(byte[] input) {
        return CHOICES.get((input[0] & 0xFF) % CHOICES.size());
    }

    static ByteBuffer body(byte[] input) {
        return ByteBuffer.wrap(input, 1, input.length - 1).slice();
    }

    /** A reply of each kind, as Apache's classes write it. */
    public static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < CHOICES.size(); i++) {
            Choice choice = CHOICES.get(i);
            for (ApiMessage example : Examples.of(ApiKeys.valueOf(choice.key().name()), choice.version())) {
                ByteBuffer body = MessageUtil.toByteBufferAccessor(example, (short) choice.version())
                        .buffer();
                byte[] seed = new byte[1 + body.remaining()];
                seed[0] = (byte) i;
                body.get(seed, 1, seed.length - 1);
                seeds.add(seed);
            }
        }
        return seeds;
    }
}
