package dev.tubepost.testkit.proxy;

/** Decides what becomes of each request and reply. Called by a thread for each connection and direction, in the order of the frames. */
@FunctionalInterface
public interface Script {

    /** Everything passes. */
    Script PASS = frame -> Fate.pass();

    /** What becomes of the frame. */
    Fate fate(Frame frame);
}
