package dev.tubepost.cli;

/**
 * So many messages with so many bytes of keys and values together. <em>Immutable.</em>
 *
 * @param messages how many messages
 * @param bytes the length of their keys and values, as they were in the input
 */
record Count(long messages, long bytes) {

    static final Count NONE = new Count(0, 0);

    Count plus(long moreMessages, long moreBytes) {
        return new Count(messages + moreMessages, bytes + moreBytes);
    }

    Count minus(Count other) {
        return new Count(messages - other.messages, bytes - other.bytes);
    }
}
