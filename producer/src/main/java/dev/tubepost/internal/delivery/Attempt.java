package dev.tubepost.internal.delivery;

import dev.tubepost.protocol.ErrorCode;

/**
 * What is known of one attempt to write a batch. <em>Immutable.</em>
 *
 * @param error the broker's answer for the partition; NONE if there was no answer
 * @param answered whether the broker answered for this partition
 * @param anyByteWritten whether the peer may have got a byte of the request
 * @param acks the acks that were asked for
 * @param appended whether the answer, though an error, names an offset: the leader had appended
 * @param unknownBefore whether an earlier attempt ended without anybody knowing
 * @param countedAttempts how many earlier attempts count against the retries
 * @param messages how many messages the batch has
 * @param stamped whether the batch has a sequence number
 * @param omitted whether there was a reply, which left the partition out
 * @param newLeader whether the answer names a leader that nobody knew
 * @param alike how many earlier attempts were answered with the same error, if that is one that is borne only so often
 * @param sound whether the batch's bytes are as they were when it was sealed
 */
public record Attempt(
        ErrorCode error,
        boolean answered,
        boolean anyByteWritten,
        short acks,
        boolean appended,
        boolean unknownBefore,
        int countedAttempts,
        int messages,
        boolean stamped,
        boolean omitted,
        boolean newLeader,
        int alike,
        boolean sound) {

    /** Of a sound batch, with nothing that is rare. */
    public Attempt(
            ErrorCode error,
            boolean answered,
            boolean anyByteWritten,
            short acks,
            boolean appended,
            boolean unknownBefore,
            int countedAttempts,
            int messages,
            boolean stamped) {
        this(
                error,
                answered,
                anyByteWritten,
                acks,
                appended,
                unknownBefore,
                countedAttempts,
                messages,
                stamped,
                false,
                false,
                0,
                true);
    }

    /** How certain it is that this attempt wrote the batch. */
    public enum Certainty {
        NOT_WRITTEN,
        WRITTEN,
        UNKNOWN
    }
}
