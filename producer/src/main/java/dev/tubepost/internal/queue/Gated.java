package dev.tubepost.internal.queue;

/** What messages come in by: a queue, or a backlog. <em>Thread-safe.</em> */
public interface Gated {

    /** Says who may come in; once it returns, nobody else does. */
    void setGate(Gate to);
}
