package dev.tubepost.cli;

import dev.tubepost.cli.Tally.Failure;
import dev.tubepost.cli.Tally.Latency;
import dev.tubepost.cli.Tally.PartitionOffsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the input: the last word of a run. <em>Immutable.</em>
 *
 * @param topic the topic's name
 * @param counts how many messages were read, and what became of them
 * @param partitions where they are
 * @param failures why messages failed
 * @param timing how long it took
 * @param ending how the run ended
 */
record Receipt(
        String topic,
        Counts counts,
        List<PartitionOffsets> partitions,
        List<Failure> failures,
        Timing timing,
        Ending ending) {

    /**
     * What became of the messages; everything read is in exactly one of the others. <em>Immutable.</em>
     *
     * @param acknowledging whether delivered means acknowledged; false with acks 0, where it only means sent
     * @param read what was read
     * @param delivered what was acknowledged, or only sent
     * @param failed what is certainly not in the topic
     * @param maybeWritten what failed, and may be in the topic all the same
     * @param withoutOutcome how many messages were never heard of again; 0 unless there is a defect
     */
    record Counts(
            boolean acknowledging, Count read, Count delivered, Count failed, Count maybeWritten, long withoutOutcome) {

        Count acknowledged() {
            return acknowledging ? delivered : Count.NONE;
        }

        Count onlySent() {
            return acknowledging ? Count.NONE : delivered;
        }
    }

    /**
     * How long it took. <em>Immutable.</em>
     *
     * @param elapsed from the first read to the last outcome
     * @param wireBytes the size of the delivered record batches
     * @param latency of the delivered messages
     */
    record Timing(Duration elapsed, long wireBytes, Latency latency) {

        double perSecond(long amount) {
            return amount / Math.max(1e-9, elapsed.toNanos() / 1e9);
        }
    }

    /**
     * How the run ended. <em>Immutable.</em>
     *
     * @param interruptedBy the exit code of what interrupted it, or null if nothing did
     * @param inputProblem why the input could not be read to its end, or null if it was
     * @param readBack what a stock consumer found, or null if it was not asked
     */
    record Ending(
            @Nullable ExitCode interruptedBy,
            @Nullable String inputProblem,
            @Nullable ReadBack readBack) {

        boolean interrupted() {
            return interruptedBy != null;
        }
    }

    /**
     * What a stock consumer found. <em>Immutable.</em>
     *
     * @param messages how many messages it read
     * @param result whether they are the ones that were sent
     * @param text the finding in words
     */
    record ReadBack(long messages, Result result, String text) {

        enum Result {
            /** Every partition holds the delivered messages in the order in which they were sent, and nothing else. */
            EQUAL,
            DIFFERENT,
            /** Messages failed that may have been written all the same, so that nobody knows what should be there. */
            UNKNOWN
        }
    }

    /**
     * The run's exit code.
     *
     * @param sentIsEnough whether the user said that with acks 0 it is
     */
    ExitCode exitCode(boolean sentIsEnough) {
        if (ending.interruptedBy() != null) {
            return ending.interruptedBy();
        }
        long read = counts.read().messages();
        long good = counts.acknowledging() || sentIsEnough ? counts.delivered().messages() : 0;
        if (good == 0 && read > 0) {
            return ExitCode.NONE_ACKNOWLEDGED;
        }
        ReadBack readBack = ending.readBack();
        boolean different = readBack != null && readBack.result() == ReadBack.Result.DIFFERENT;
        return good < read || different || ending.inputProblem() != null ? ExitCode.SOME_FAILED : ExitCode.OK;
    }
}
