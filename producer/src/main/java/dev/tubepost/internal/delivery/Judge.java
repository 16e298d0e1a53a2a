package dev.tubepost.internal.delivery;

import dev.tubepost.protocol.ErrorCode;

/**
 * Gives the verdict on an attempt. Pure. The table of error codes decides, but for the state that the attempt carries: what an earlier
 * attempt left unknown stays unknown (design promise 3), and retries are bounded in number only where the request reached the broker and
 * the trouble was not its leader's (promise 6).
 */
public final class Judge {

    /** How often a batch that is sound here is sent again though the broker found it corrupt: then it is no accident of the line. */
    static final int MAX_CORRUPT = 3;

    private final int maxRetries;

    /**
     * @param maxRetries how many counted attempts may follow the first
     */
    public Judge(int maxRetries) {
        this.maxRetries = maxRetries;
    }

    /** What follows from the attempt. */
    public Verdict judge(Attempt attempt) {
        if (!attempt.answered()) {
            return lost(attempt);
        }
        return switch (attempt.error().reaction()) {
            case ACCEPT -> new Verdict.Delivered(attempt.error() == ErrorCode.NONE);
            case REFRESH ->
                new Verdict.Retry(certainty(attempt) == Attempt.Certainty.UNKNOWN, false, !attempt.newLeader());
            case WAIT -> new Verdict.Retry(certainty(attempt) == Attempt.Certainty.UNKNOWN, false, false);
            case CHECK -> corrupt(attempt);
            case RETRY -> again(attempt, certainty(attempt) == Attempt.Certainty.UNKNOWN);
            case RECONNECT ->
                attempt.alike() == 0 // whatever was tried before, and however few retries there may be
                        ? new Verdict.Retry(false, true, false, true)
                        : new Verdict.Failed(attempt.unknownBefore(), false);
            case SPLIT -> tooLarge(attempt);
            case RESEQUENCE -> outOfSequence(attempt, false);
            case NEW_ID -> outOfSequence(attempt, true);
            case FAIL ->
                new Verdict.Failed(attempt.unknownBefore() || certainty(attempt) == Attempt.Certainty.UNKNOWN, false);
        };
    }

    /** What is not sound here is a mistake of this client; sending it again would only repeat it. */
    private Verdict corrupt(Attempt attempt) {
        boolean unknown = certainty(attempt) == Attempt.Certainty.UNKNOWN;
        if (attempt.sound() && attempt.alike() < MAX_CORRUPT) {
            return again(attempt, unknown);
        }
        return new Verdict.Failed(attempt.unknownBefore() || unknown, attempt.sound());
    }

    /** A batch of one message cannot be made smaller; one that may be written must not be written again in parts (promise 4). */
    private static Verdict tooLarge(Attempt attempt) {
        return attempt.messages() > 1 && !attempt.unknownBefore()
                ? new Verdict.Split()
                : new Verdict.Failed(attempt.unknownBefore(), attempt.messages() > 1);
    }

    private static Verdict outOfSequence(Attempt attempt, boolean foreign) {
        return attempt.stamped()
                ? new Verdict.OutOfSequence(foreign)
                : new Verdict.Failed(attempt.unknownBefore(), false);
    }

    private Verdict lost(Attempt attempt) {
        return attempt.anyByteWritten() ? again(attempt, true) : new Verdict.Retry(false, false, true);
    }

    private Verdict again(Attempt attempt, boolean unknown) {
        if (attempt.countedAttempts() >= maxRetries) {
            return new Verdict.Failed(attempt.unknownBefore() || unknown, true);
        }
        return new Verdict.Retry(unknown, true, !attempt.answered());
    }

    private static Attempt.Certainty certainty(Attempt attempt) {
        return switch (attempt.error().certainty()) {
            case NOT_WRITTEN -> attempt.appended() ? Attempt.Certainty.UNKNOWN : Attempt.Certainty.NOT_WRITTEN;
            case WRITTEN -> Attempt.Certainty.WRITTEN;
            case UNKNOWN -> Attempt.Certainty.UNKNOWN;
            case UNKNOWN_WITH_ACKS_ALL ->
                attempt.acks() == -1 || attempt.appended() ? Attempt.Certainty.UNKNOWN : Attempt.Certainty.NOT_WRITTEN;
        };
    }
}
