package dev.tubepost.cli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a line becomes a key and a value. <em>Immutable.</em> Bytes stay as they are: no charset is applied to the input.
 *
 * @param keyDelimiter what separates the key from the value, at its first place in the line; null: lines have no keys. A line without it
 *     is a value without a key.
 * @param nullMarker a key or a value that equals it is null; null: nothing is
 */
@SuppressWarnings("ArrayRecordComponent") // values of its own making, never compared
record LineFormat(byte @Nullable [] keyDelimiter, byte @Nullable [] nullMarker) {

    /** What a line says. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Fields(byte @Nullable [] key, byte @Nullable [] value) {}

    /** Cuts the line that stands in {@code [offset, offset + length)}. */
    Fields parse(byte[] array, int offset, int length) {
        int end = offset + length;
        int at = keyDelimiter == null ? -1 : indexOf(array, offset, end, keyDelimiter);
        if (keyDelimiter == null || at < 0) {
            return new Fields(null, field(array, offset, end));
        }
        return new Fields(field(array, offset, at), field(array, at + keyDelimiter.length, end));
    }

    private byte @Nullable [] field(byte[] array, int from, int to) {
        if (nullMarker != null && Arrays.equals(array, from, to, nullMarker, 0, nullMarker.length)) {
            return null;
        }
        return Arrays.copyOfRange(array, from, to);
    }

    private static int indexOf(byte[] array, int from, int to, byte[] sought) {
        for (int i = from; i <= to - sought.length; i++) {
            if (array[i] == sought[0] && Arrays.equals(array, i, i + sought.length, sought, 0, sought.length)) {
                return i;
            }
        }
        return -1;
    }
}
