package dev.tubepost.cli;

import dev.tubepost.cli.Tally.Failure;
import dev.tubepost.cli.Tally.Latency;
import dev.tubepost.cli.Tally.PartitionOffsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receipts for tests. */
final class Receipts {

    static final Receipt.Ending CLEAN = new Receipt.Ending(null, null, null);
    static final Receipt.Timing TWO_SECONDS =
            new Receipt.Timing(Duration.ofSeconds(2), 54_321, new Latency(1_500, 42_000, 43_000));

    private Receipts() {}

    static Receipt.Counts counts(boolean acknowledging, long delivered, long failed, long maybeWritten) {
        long read = delivered + failed + maybeWritten;
        return new Receipt.Counts(
                acknowledging,
                new Count(read, read * 100),
                new Count(delivered, delivered * 100),
                new Count(failed, failed * 100),
                new Count(maybeWritten, maybeWritten * 100),
                0);
    }

    static Receipt of(Receipt.Counts counts, Receipt.Ending ending) {
        return new Receipt("t", counts, List.of(), List.of(), TWO_SECONDS, ending);
    }

    static Receipt full(boolean acknowledging) {
        return new Receipt(
                "events",
                counts(acknowledging, 123_456, 2, 1),
                List.of(new PartitionOffsets(0, 123_000, 7, 123_006), new PartitionOffsets(11, 456, -1, -1)),
                List.of(new Failure("MESSAGE_TOO_LARGE", 3, "too large: 5 \"MB\"")),
                TWO_SECONDS,
                CLEAN);
    }

    static Receipt.Ending readBack(Receipt.ReadBack.Result result) {
        return new Receipt.Ending(null, null, new Receipt.ReadBack(1, result, "text"));
    }

    static Receipt.Ending ending(@Nullable ExitCode interruptedBy, @Nullable String inputProblem) {
        return new Receipt.Ending(interruptedBy, inputProblem, null);
    }
}
