package dev.tubepost.testkit.broker;

/**
 * A record in a model's log. <em>Immutable.</em>
 *
 * @param offset its offset
 * @param value its value's text, without what makes it larger
 * @param timestamp its timestamp in milliseconds since the epoch
 * @param content the fingerprint of all it holds ({@link Content}), or 0 if nobody looked
 */
public record Appended(long offset, String value, long timestamp, long content) {}
