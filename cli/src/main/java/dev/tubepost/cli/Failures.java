package dev.tubepost.cli;

import dev.tubepost.InvalidOptionsException;

/** What a run says, and how it ends, when it fails as a whole. <em>Stateless.</em> */
final class Failures {

    private Failures() {}

    static int exitCode(Exception failure, Console console) {
        if (failure instanceof UsageException || failure instanceof InvalidOptionsException) {
            console.problem(String.valueOf(failure.getMessage()));
            return ExitCode.USAGE.code();
        }
        if (failure instanceof NotConnectedException) {
            console.problem(String.valueOf(failure.getMessage()));
            return ExitCode.NOT_CONNECTED.code();
        }
        if (failure instanceof TopicException) {
            console.problem(String.valueOf(failure.getMessage()));
            return ExitCode.NONE_ACKNOWLEDGED.code();
        }
        return unexpected(failure, console);
    }

    /** A defect of ours, or of the machine. What was sent until then is unknown, so it is not success, and not "none" either. */
    static int unexpected(Throwable failure, Console console) {
        console.problem("failed unexpectedly: " + failure);
        failure.printStackTrace(console.err());
        return ExitCode.SOME_FAILED.code();
    }
}
