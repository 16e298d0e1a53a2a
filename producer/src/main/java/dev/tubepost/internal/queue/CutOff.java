package dev.tubepost.internal.queue;

/**
 * Why what is left of a producer fails: a stop ended before everything had its outcome. <em>Immutable.</em>
 *
 * @param why what happened, as a clause
 * @param isTimeOver whether more time would have helped
 */
public record CutOff(String why, boolean isTimeOver) {

    /**
     * More time would have helped.
     *
     * @param what what was being done, as {@code the producer was stopped}
     */
    public static CutOff timeOver(String what) {
        return new CutOff(what + ", and the time for it was over", true);
    }

    /**
     * More time would not have helped.
     *
     * @param what what was being done, as {@code the producer was stopped}
     */
    public static CutOff interrupted(String what) {
        return new CutOff(what + ", and the thread that did so was interrupted", false);
    }
}
