package dev.tubepost;

/**
 * What {@code stop} left behind, of the messages that were pending when it was called. <em>Immutable.</em>
 *
 * @param pending how many messages were pending
 * @param notWritten how many failed, and are certainly not in the log
 * @param maybeWritten how many failed, and may be in the log
 */
public record StopResult(long pending, long notWritten, long maybeWritten) {

    /** Whether every message was delivered. */
    public boolean isClean() {
        return notWritten == 0 && maybeWritten == 0;
    }
}
