package dev.tubepost.testkit.sim;

/** What user code throws in a run, now and then. <em>Immutable.</em> */
final class MishapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MishapException(String where) {
        super("thrown on purpose in " + where);
    }
}
