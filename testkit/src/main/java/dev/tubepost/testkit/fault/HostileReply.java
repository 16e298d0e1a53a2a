package dev.tubepost.testkit.fault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a hostile server sends instead of a reply. <em>Immutable.</em>
 *
 * @param name what is done to the good reply, and where
 * @param bytes what is sent, the frame's size included
 * @param isMalformed whether it cannot be taken for a reply; else it may happen to be one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HostileReply(String name, byte[] bytes, boolean isMalformed) {

    private static final int CORRELATION_AT = 4;
    private static final int BODY_AT = 8;

    /** Read as a length, a count or a number of tagged fields, each is none, -1, or the largest there is, in one of the forms of the protocol. */
    private static final List<byte[]> WRONG = List.of(
            new byte[] {0},
            new byte[] {-1},
            new byte[] {-1, -1},
            new byte[] {-1, -1, -1, -1},
            new byte[] {127, -1, -1, -1},
            new byte[] {-1, -1, -1, -1, 7});

    /** Everything that is done to one good reply. */
    public static List<HostileReply> of(byte[] good) {
        List<HostileReply> all = new ArrayList<>(frames(good));
        for (int at = BODY_AT; at < good.length; at++) {
            all.add(new HostileReply("cut at " + at, sized(Arrays.copyOf(good, at)), true));
            for (byte[] wrong : WRONG) {
                all.add(new HostileReply(
                        "at " + at + " " + HexFormat.of().formatHex(wrong), put(good, at, wrong), false));
            }
        }
        return all;
    }

    /** What can be done to a frame whatever is in it (F20, F21, F23, F29). */
    public static List<HostileReply> frames(byte[] good) {
        int id = ByteBuffer.wrap(good).getInt(CORRELATION_AT);
        List<HostileReply> all = new ArrayList<>();
        for (String stranger : List.of("HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n", "220 mail\r\n")) {
            all.add(new HostileReply("the text " + stranger.strip(), ascii(stranger), true));
        }
        all.add(new HostileReply("an alert of TLS", new byte[] {0x15, 3, 3, 0, 2, 2, 70}, true));
        for (int size : new int[] {-1, 0, 3, Integer.MIN_VALUE, Integer.MAX_VALUE, 100 << 20}) {
            all.add(new HostileReply("the size " + size, ints(good, 0, size), true));
        }
        for (int wrong : new int[] {id - 1, id + 1, id + 1_000, -1, Integer.MIN_VALUE}) {
            if (wrong != id) {
                all.add(new HostileReply("the correlation id " + wrong, ints(good, CORRELATION_AT, wrong), true));
            }
        }
        all.add(new HostileReply("nothing behind the correlation id", sized(Arrays.copyOf(good, BODY_AT)), true));
        all.add(new HostileReply("trailing bytes", sized(Arrays.copyOf(good, good.length + 100)), false));
        all.add(new HostileReply("the reply twice", joined(good, good), false));
        return all;
    }

    /** A frame that says to be large, and of which only the beginning comes (F21). */
    public static HostileReply dripping(byte[] good, int size) {
        return new HostileReply("a drip of " + size, ints(good, 0, size), true);
    }

    private static byte[] put(byte[] good, int at, byte[] wrong) {
        byte[] bad = Arrays.copyOf(good, Math.max(good.length, at + wrong.length));
        System.arraycopy(wrong, 0, bad, at, wrong.length);
        return sized(bad);
    }

    private static byte[] sized(byte[] frame) {
        return ints(frame, 0, frame.length - Integer.BYTES);
    }

    private static byte[] ints(byte[] frame, int at, int value) {
        byte[] changed = frame.clone();
        ByteBuffer.wrap(changed).putInt(at, value);
        return changed;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }
}
