package dev.tubepost.internal.queue;

import dev.tubepost.protocol.ErrorCode;

/**
 * Why what a queue or a backlog holds cannot be produced, however long it waits. <em>Immutable.</em>
 *
 * @param error what a broker answered, or NONE if it is not that
 * @param why for the messages' exceptions: what happened
 * @param advice what to do about it, as a sentence
 * @param retriable whether the same messages may succeed when they are produced again
 */
public record Refusal(ErrorCode error, String why, String advice, boolean retriable) {}
