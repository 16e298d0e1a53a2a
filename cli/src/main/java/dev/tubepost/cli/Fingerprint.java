package dev.tubepost.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A number of messages and a hash of their content in their order. <em>Confined to one thread.</em>
 *
 * <p>Each field enters the SHA-256 with its length before it, -1 for null, so that no two sequences of messages hash the same bytes.
 */
final class Fingerprint {

    private static final int NULL_LENGTH = -1;

    private final MessageDigest digest;
    private final ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
    private long messages;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The next message; its headers follow. */
    void message(byte @Nullable [] key, byte @Nullable [] value, int headers) {
        messages++;
        field(key);
        field(value);
        number(headers);
    }

    /** The next header of the message. */
    void header(String name, byte @Nullable [] value) {
        field(name.getBytes(StandardCharsets.UTF_8));
        field(value);
    }

    private void field(byte @Nullable [] bytes) {
        if (bytes == null) {
            number(NULL_LENGTH);
        } else {
            number(bytes.length);
            digest.update(bytes);
        }
    }

    private void number(int value) {
        digest.update(number.putInt(0, value).array());
    }

    long messages() {
        return messages;
    }

    /** Whether another one saw the same messages in the same order. Both are of no further use. */
    boolean sameContent(Fingerprint other) {
        return messages == other.messages && Arrays.equals(digest.digest(), other.digest.digest());
    }
}
