package dev.tubepost.testkit.proxy;

/** Which way bytes go. */
public enum Direction {
    /** Requests. */
    TO_BROKER,
    /** Replies. */
    TO_CLIENT
}
