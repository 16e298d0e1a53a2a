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
        boolean stamped) {

    /** How certain it is that this attempt wrote the batch. */
    public enum Certainty {
        NOT_WRITTEN,
        WRITTEN,
        UNKNOWN
    }
}
