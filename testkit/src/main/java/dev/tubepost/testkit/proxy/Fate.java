package dev.tubepost.testkit.proxy;

import java.time.Duration;

/** What becomes of a request or a reply, and of its connection with it. <em>Immutable.</em> */
public sealed interface Fate {

    /** It passes. */
    static Fate pass() {
        return new Pass();
    }

    /** It passes so much later, and what comes behind it on its way passes after it. */
    static Fate hold(Duration pause) {
        return new Hold(pause);
    }

    /** It is gone, and nobody is told; what comes behind it passes. */
    static Fate drop() {
        return new Drop();
    }

    /** The connection is reset, for both ends, instead. */
    static Fate cut() {
        return new Truncate(0);
    }

    /** So many of its bytes pass, the four that tell its size among them, and then the connection is reset. */
    static Fate truncate(int bytes) {
        return new Truncate(bytes);
    }

    /** It passes with one byte changed, counted from the first behind its size. */
    static Fate corrupt(int index) {
        return new Corrupt(index);
    }

    /** Neither it nor anything behind it passes in its direction, and the connection stays open. */
    static Fate silence() {
        return new Silence();
    }

    /** It passes, and then its receiver hears that nothing more comes; the other direction goes on. */
    static Fate halfClose() {
        return new HalfClose();
    }

    /** What {@link #pass} makes. */
    record Pass() implements Fate {}

    /** What {@link #hold} makes. */
    record Hold(Duration pause) implements Fate {}

    /** What {@link #drop} makes. */
    record Drop() implements Fate {}

    /** What {@link #truncate} makes. */
    record Truncate(int bytes) implements Fate {
        public Truncate {
            if (bytes < 0) {
                throw new IllegalArgumentException("as many bytes as pass, not " + bytes);
            }
        }
    }

    /** What {@link #corrupt} makes. */
    record Corrupt(int index) implements Fate {
        public Corrupt {
            if (index < 0) {
                throw new IllegalArgumentException("the place of a byte, not " + index);
            }
        }
    }

    /** What {@link #silence} makes. */
    record Silence() implements Fate {}

    /** What {@link #halfClose} makes. */
    record HalfClose() implements Fate {}
}
