package dev.tubepost.testkit.fault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes of a good reply one that a hostile or confused server might send. <em>Confined to the run's thread.</em> */
final class FrameSpoiler {

    /** HTTP, an alert of TLS, the banner of SSH, and sizes that cannot be (F20). */
    private static final List<byte[]> STRANGERS = List.of(
            "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {0x15, 3, 3, 0, 2, 2, 70},
            "SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {-1, -1, -1, -1},
            new byte[] {0, 0, 0, 0},
            new byte[] {0, 0, 0, 3, 1, 2, 3},
            new byte[] {127, -1, -1, -1, 0});

    private static final int DRIPPED_SIZE = 10 << 20;
    private static final int CORRELATION_AT = 4;
    private static final int BODY_AT = 8;

    private final Decisions decisions;

    FrameSpoiler(Decisions decisions) {
        this.decisions = decisions;
    }

    /** What struck last, or null. */
    @Nullable
    Injury strikes(byte[] reply) {
        for (Injury injury : List.of(
                Injury.BAD_SIZE, Injury.DRIP, Injury.BAD_LENGTH, Injury.WRONG_CORRELATION, Injury.TRAILING_BYTES)) {
            if (reply.length > BODY_AT + 1 && decisions.strikes(injury)) {
                return injury;
            }
        }
        return null;
    }

    byte[] spoil(Injury injury, byte[] reply) {
        SplittableRandom details = decisions.details();
        return switch (injury) {
            case BAD_SIZE -> STRANGERS.get(details.nextInt(STRANGERS.size())).clone();
            case DRIP -> {
                byte[] begin = Arrays.copyOf(reply, BODY_AT);
                ByteBuffer.wrap(begin).putInt(DRIPPED_SIZE);
                yield begin;
            }
            case BAD_LENGTH -> {
                // All that follows is the largest number there is: lengths, counts, and numbers of tagged fields.
                byte[] spoiled = reply.clone();
                Arrays.fill(spoiled, BODY_AT, spoiled.length, (byte) -1);
                yield spoiled;
            }
            case WRONG_CORRELATION -> {
                byte[] spoiled = reply.clone();
                ByteBuffer bytes = ByteBuffer.wrap(spoiled);
                bytes.putInt(CORRELATION_AT, bytes.getInt(CORRELATION_AT) + (details.nextBoolean() ? 1 : -1));
                yield spoiled;
            }
            case TRAILING_BYTES -> {
                byte[] longer = Arrays.copyOf(reply, reply.length + 1 + details.nextInt(8));
                ByteBuffer.wrap(longer).putInt(0, longer.length - Integer.BYTES);
                yield longer;
            }
            default -> throw new IllegalStateException(injury + " is not about frames");
        };
    }
}
