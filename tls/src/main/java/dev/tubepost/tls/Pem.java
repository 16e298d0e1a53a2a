package dev.tubepost.tls;

import dev.tubepost.internal.env.TlsMaterialException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart text in PEM (RFC 7468): blocks with anything between them. <em>Confined to one call.</em> It works on bytes, as keys must not become
 * strings, which cannot be wiped.
 *
 * <pre>
 *   any text
 *   -----BEGIN label-----
 *   base64, in lines of any length, ended by LF, CR LF or CR
 *   -----END label-----
 * </pre>
 */
final class Pem {

    private static final byte[] BEGIN = ascii("-----BEGIN ");
    private static final byte[] END = ascii("-----END ");
    private static final byte[] DASHES = ascii("-----");

    /** RFC 7468 sets no limit; X509 CERTIFICATE REQUEST and the like have half as much. */
    private static final int MOST_LABEL_BYTES = 50;

    /** One block. <em>Immutable</em> until it is wiped. */
    static final class Block {

        private final String label;
        private final byte @Nullable [] content;

        Block(String label, byte @Nullable [] content) {
            this.label = label;
            this.content = content;
        }

        /** As {@code CERTIFICATE}. */
        String label() {
            return label;
        }

        /** Decoded, not copied; null if it has headers, as the old encrypted keys have. */
        byte @Nullable [] content() {
            return content;
        }

        void wipe() {
            if (content != null) {
                Arrays.fill(content, (byte) 0);
            }
        }
    }

    private final byte[] text;
    private final String what;
    private int position;

    private Pem(byte[] text, String what) {
        this.text = text;
        this.what = what;
    }

    /**
     * All blocks, in their order.
     *
     * @param what whence the text is, for messages
     */
    static List<Block> parse(byte[] text, String what) throws TlsMaterialException {
        return new Pem(text, what).blocks();
    }

    private List<Block> blocks() throws TlsMaterialException {
        var blocks = new ArrayList<Block>();
        for (int begin = find(BEGIN, 0); begin >= 0; begin = find(BEGIN, position)) {
            blocks.add(block(begin));
        }
        return blocks;
    }

    private Block block(int begin) throws TlsMaterialException {
        int labelStart = begin + BEGIN.length;
        int labelEnd = find(DASHES, labelStart);
        if (labelEnd < 0 || !isLabel(labelStart, labelEnd)) {
            throw new TlsMaterialException(what + " has a broken line: -----BEGIN without ----- at its end", null);
        }
        String label = new String(text, labelStart, labelEnd - labelStart, StandardCharsets.ISO_8859_1);
        int start = labelEnd + DASHES.length;
        byte[] endLine = ascii("-----END " + label + "-----");
        int end = find(endLine, start);
        int anyEnd = find(END, start);
        int nextBegin = find(BEGIN, start);
        if (end < 0 || end != anyEnd || (nextBegin >= 0 && nextBegin < end)) {
            throw new TlsMaterialException(
                    what + " is cut off or mixed up: the line -----BEGIN " + label + "----- has no -----END " + label
                            + "----- of its own",
                    null);
        }
        position = end + endLine.length;
        return new Block(label, decode(label, start, end));
    }

    /** Null for a block with headers (RFC 1421), which have colons. */
    private byte @Nullable [] decode(String label, int start, int end) throws TlsMaterialException {
        byte[] digits = new byte[end - start];
        int count = 0;
        for (int i = start; i < end; i++) {
            byte character = text[i];
            if (character == ':') {
                return null;
            }
            if (character != '\n' && character != '\r' && character != ' ' && character != '\t') {
                digits[count++] = character;
            }
        }
        byte[] base64 = Arrays.copyOf(digits, count);
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) { // its message may hold a character of a key: left out
            throw new TlsMaterialException(what + " is damaged: its " + label + " is not base64", null);
        } finally {
            Arrays.fill(digits, (byte) 0);
            Arrays.fill(base64, (byte) 0);
        }
    }

    /** Else, as when a dash is missing in text that lost its line breaks, it may be the key: it is told in messages. */
    private boolean isLabel(int start, int end) {
        for (int i = start; i < end; i++) {
            byte each = text[i];
            boolean fits = (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') || each == ' ' || each == '.';
            if (!fits) {
                return false;
            }
        }
        return end - start <= MOST_LABEL_BYTES;
    }

    private int find(byte[] wanted, int from) {
        for (int i = from; i <= text.length - wanted.length; i++) {
            if (text[i] == wanted[0] && Arrays.equals(text, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String characters) {
        return characters.getBytes(StandardCharsets.US_ASCII);
    }
}
