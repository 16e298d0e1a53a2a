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

    /** Whether all is well from now on, for old connections, too. */
    default boolean isOver() {
        return false;
    }

    /** A connection was made where there had been one before. */
    default void onReconnected() {}
}
