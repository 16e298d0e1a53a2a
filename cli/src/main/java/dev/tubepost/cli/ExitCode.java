package dev.tubepost.cli;

/** What the command's exit status means. <em>Immutable.</em> Scripts depend on the numbers. */
enum ExitCode {
    /** Every message was acknowledged; or sent, where the user said that this is enough. */
    OK(0),
    /** The command line, a file it names, or an option's value is wrong; the script's, too: no Java, or a failed build. Nothing was sent. */
    USAGE(2),
    /**
     * Some messages failed, the input could not be read to its end, or other messages were read back than were sent; a list or a script could not be
     * written; or the command failed unexpectedly.
     */
    SOME_FAILED(3),
    /** No message was acknowledged. */
    NONE_ACKNOWLEDGED(4),
    /** No bootstrap server completed a handshake in time, or the embedded Kafka did not start. Nothing was sent. */
    NOT_CONNECTED(6),
    /** Interrupted; what was read until then was sent, and the receipt tells what became of it. */
    INTERRUPTED(130),
    /** The same by SIGTERM: what a supervisor that ends a process expects. */
    TERMINATED(143);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
