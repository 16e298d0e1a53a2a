package dev.tubepost.internal.cluster;

import org.jspecify.annotations.Nullable;

/** What keeps metadata from coming, in words for messages. <em>Written on the cluster's actor, read by any thread.</em> */
final class Trouble {

    /** What went wrong last; empty if nothing has. */
    private volatile String last = "";
    /** Whether our own cluster has answered. */
    private volatile boolean answered;
    /** That another cluster answers where ours did; empty while none does. */
    private volatile String foreign = "";
    /** The address that has not answered yet, or null. */
    private volatile @Nullable String trying;

    /** As a sentence. */
    String describe() {
        String now = trying;
        if (!foreign.isEmpty()) {
            return foreign;
        }
        if (last.isEmpty()) {
            return now != null
                    ? now + " has not answered yet"
                    : answered ? "the brokers answer" : "no bootstrap server was asked yet";
        }
        return now == null ? last : last + "; now trying " + now;
    }

    /** Somebody is dialled. */
    void trying(String address) {
        trying = address;
    }

    /** Whoever was dialled has answered, or is not waited for any more. */
    void tried() {
        trying = null;
    }

    /** Something went wrong. */
    void met(String what) {
        last = what;
    }

    /** Another cluster answers; whether that is news. */
    boolean metForeign(String what) {
        boolean isNew = !what.equals(foreign);
        foreign = what;
        return isNew;
    }

    /** Our own cluster answers. */
    void metOurs() {
        answered = true;
        foreign = "";
    }
}
