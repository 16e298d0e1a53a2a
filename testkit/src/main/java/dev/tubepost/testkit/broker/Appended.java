package dev.tubepost.testkit.broker;

/**
 * A record in a model's log. <em>Immutable.</em>
 *
 * @param offset its offset
 * @param value its value, as text
 * @param timestamp its timestamp in milliseconds since the epoch
 */
public record Appended(long offset, String value, long timestamp) {}
