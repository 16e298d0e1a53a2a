package dev.tubepost.internal.cluster;

/**
 * How often in a row a broker had nothing new to say to an error that does not pass: one that is cut off from the controller answers with what was true
 * before, for as long as it is asked (F34, F45). <em>Confined to the cluster actor.</em>
 */
final class Staleness {

    /** After so many, somebody else is asked. */
    private static final int MOST = 3;

    /** It is more each time, for a trouble that nobody has news of does not pass by asking, and no more than this. */
    private static final int MOST_PATIENCE = 96;

    private int answers;
    private int patience = MOST;

    /**
     * An answer came.
     *
     * @param isNew whether it says something new
     * @param isExpected whether it should
     * @return whether that broker has been asked often enough
     */
    boolean isEnough(boolean isNew, boolean isExpected) {
        if (isNew) {
            patience = MOST;
        }
        answers = isNew || !isExpected ? 0 : answers + 1;
        return answers >= patience;
    }

    /** Somebody else is asked. */
    void moveOn() {
        answers = 0;
        patience = Math.min(2 * patience, MOST_PATIENCE);
    }
}
