package dev.tubepost.testkit.net;

/** Decides what befalls connections. <em>Confined to the run's thread.</em> */
public interface Mishaps {

    /** What becomes of an attempt to connect. */
    enum Arrival {
        GOOD,
        /** Somebody says that nobody listens. */
        REFUSED,
        /** Nobody says anything (F2). */
        LOST,
        /** It is accepted, and nobody ever reads from it or writes to it (F16). */
        SILENT
    }

    /** All is well. */
    Mishaps NONE = new Mishaps() {};

    /** The fate of an attempt to connect. */
    default Arrival arrival() {
        return Arrival.GOOD;
    }

    /** Whether a name is found (F44). */
    default boolean resolves(String host) {
        return true;
    }

    /** For how long the server stops reading, after a part of what is being written; 0 if it does not (F7, F8). */
    default long pauseNanos() {
        return 0;
    }

    /** How long a byte of this connection takes, because the line is narrow; 0 if it is not (F12). Asked once for each connection. */
    default long nanosPerByte() {
        return 0;
    }

    /** Whether reads and writes of a connection are of one byte each (F9). Asked once for each connection. */
    default boolean byteByByte() {
        return false;
    }

    /** How long what has come of this connection waits for more before it is told of; 0 if it does not (F10). Asked once for each connection. */
    default long gatherNanos() {
        return 0;
    }

    /** Whether the process has no descriptor left for one more connection (F93). */
    default boolean lacksDescriptors() {
        return false;
    }

    /** Whether the first address that a name has is one where nobody is (F44). */
    default boolean hasDeadAddress() {
        return false;
    }

    /** Several answers were read at once. */
    default void onSeveralAtOnce() {}

    /** Whether all is well from now on, for old connections, too. */
    default boolean isOver() {
        return false;
    }

    /** A connection was made where there had been one before. */
    default void onReconnected() {}
}
