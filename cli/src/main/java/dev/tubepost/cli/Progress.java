package dev.tubepost.cli;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The bar on standard error: how much is read, how fast, and how many messages are in flight. <em>Confined to the main thread.</em> It
 * exists only on a terminal.
 */
final class Progress implements AutoCloseable {

    private static final int UPDATE_MILLIS = 250;

    private final StoppableInput input;
    private final Tally tally;
    private final @Nullable ProgressBar bar;

    /** A bar for an input of so many bytes; -1 if that is not known. */
    Progress(Console console, StoppableInput input, long totalBytes, Tally tally) {
        this.input = input;
        this.tally = tally;
        this.bar = console.showsProgress() ? bar(console, totalBytes) : null;
    }

    private static ProgressBar bar(Console console, long totalBytes) {
        return new ProgressBarBuilder()
                .setTaskName("read")
                .setInitialMax(totalBytes)
                .setUnit(" MB", 1_000_000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .showSpeed()
                .setSpeedUnit(ChronoUnit.SECONDS)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(console.err(), console.columns() - 1))
                .build();
    }

    void update() {
        if (bar != null) {
            bar.stepTo(input.bytesRead());
            bar.setExtraMessage(
                    String.format(Locale.ROOT, " %,d messages, %,d in flight", tally.readMessages(), tally.inFlight()));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            update();
            bar.close();
        }
    }
}
