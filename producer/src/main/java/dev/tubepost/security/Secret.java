package dev.tubepost.security;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/** A password or key that is never shown. <em>Immutable.</em> */
public final class Secret {

    private final char[] chars;

    private Secret(char[] chars) {
        this.chars = chars;
    }

    /** A secret with these characters; the array is copied, and may be wiped. */
    public static Secret of(char[] chars) {
        return new Secret(chars.clone());
    }

    /** A secret with these characters. A text stays in memory until it is collected: give an array where that matters. */
    public static Secret of(String text) {
        return new Secret(text.toCharArray());
    }

    /**
     * What an environment variable holds now.
     *
     * @throws IllegalArgumentException if it is not set, or empty
     */
    public static Secret fromEnvironment(String variable) {
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("the environment variable " + variable + " is not set, or empty");
        }
        return of(value);
    }

    /** A copy of the characters, for the caller to wipe after use. */
    public char[] chars() {
        return chars.clone();
    }

    /** The characters in UTF-8, for the caller to wipe after use. */
    public byte[] utf8() {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        wipe(encoded);
        return bytes;
    }

    private static void wipe(ByteBuffer buffer) {
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
    }

    /** Whether there are no characters. */
    public boolean isEmpty() {
        return chars.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(utf8(), secret.utf8());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(chars);
    }

    /** Three stars, whatever the secret is. */
    @Override
    public String toString() {
        return "***";
    }
}
