package dev.tubepost.internal.env;

/** A single-threaded context: commands run one at a time, in the order in which they were posted. <em>Thread-safe.</em> */
public interface Mailbox {

    /** Hands a command over; never blocks and never runs it before returning. After the context ended it is dropped. */
    void post(Runnable command);

    /** Whether there is a thread for it. If none could be had, the next command tries again (F76), so who posts only the first of many must not rely on it. */
    default boolean hasThread() {
        return true;
    }

    /** Whether the caller runs inside this context. */
    boolean isCurrent();

    /** Ends the context, and its thread if it has one: commands still waiting are dropped, later ones too. */
    void retire();
}
