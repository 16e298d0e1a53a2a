package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The one way in which what a peer wrote gets into logs, exceptions and terminals: cut, and without anything that cannot be seen or that changes how the
 * rest is seen (F32). <em>Immutable.</em> No line is forged, no terminal obeys, and no text is turned round (U+202E) or hides another.
 */
public final class PeerText {

    /** The most characters that are kept. */
    public static final int MAX_CHARS = 256;

    private static final int MOST_BYTES_PER_CHAR = 4;
    private static final char INSTEAD = '?';

    private PeerText() {}

    /** A text as it may be shown. */
    public static String of(CharSequence told) {
        return of(told, MAX_CHARS);
    }

    /**
     * A text as it may be shown.
     *
     * @param most how many characters are kept; no character is cut in two
     */
    public static String of(CharSequence told, int most) {
        var shown = new StringBuilder(Math.min(told.length(), most));
        int at = 0;
        while (at < told.length()) {
            int c = Character.codePointAt(told, at);
            int chars = Character.charCount(c);
            if (at + chars > most) {
                break;
            }
            if (isShown(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(INSTEAD);
            }
            at += chars;
        }
        return shown.toString();
    }

    /** Bytes that should be UTF-8: what is not becomes U+FFFD, for a text that only people read is no reason to refuse a reply. */
    static String of(ByteBuffer utf8) {
        int looked = Math.min(utf8.remaining(), MOST_BYTES_PER_CHAR * MAX_CHARS);
        return of(StandardCharsets.UTF_8.decode(utf8.slice(utf8.position(), looked)));
    }

    /** Not: control characters of both sets, marks of direction and joining, zero width, line ends, halves of pairs, and what has no meaning. */
    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
