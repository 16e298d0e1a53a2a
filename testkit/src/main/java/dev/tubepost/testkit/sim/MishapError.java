package dev.tubepost.testkit.sim;

/** What is thrown in the midst of the producer's own work in a run, now and then. <em>Immutable.</em> */
final class MishapError extends Error {

    private static final long serialVersionUID = 1L;

    MishapError(String where) {
        super("thrown on purpose in " + where);
    }
}
