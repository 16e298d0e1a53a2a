package dev.tubepost.cluster;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A message that a producer took, and what it reported. <em>Thread-safe:</em> made by a caller, reported by any thread. */
final class Sent {

    /** What became of it. <em>Immutable.</em> */
    record Report(boolean delivered, long offset, boolean maybeWritten, String text) {}

    final int caller;
    final int number;
    final int partition;
    private final AtomicInteger reports = new AtomicInteger();
    private volatile @Nullable Report report;

    Sent(int caller, int number, int partition) {
        this.caller = caller;
        this.number = number;
        this.partition = partition;
    }

    String value() {
        return caller + "-" + number;
    }

    /** All of it, for {@link #parse}. */
    String line() {
        Report now = report;
        String told = now == null
                ? ""
                : " " + now.delivered() + " " + now.offset() + " " + now.maybeWritten() + " "
                        + now.text().lines().findFirst().orElse("");
        return caller + " " + number + " " + partition + " " + reports + told;
    }

    /** What {@link #line} made in another process. */
    static Sent parse(String line) {
        String[] words = line.split(" ", 8);
        var sent = new Sent(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        sent.reports.set(Integer.parseInt(words[3]));
        if (words.length > 4) {
            sent.report = new Report(
                    Boolean.parseBoolean(words[4]), Long.parseLong(words[5]), Boolean.parseBoolean(words[6]), words[7]);
        }
        return sent;
    }

    void delivered(long offset) {
        report(new Report(true, offset, false, "delivered"));
    }

    void failed(boolean maybeWritten, String text) {
        report(new Report(false, -1, maybeWritten, text));
    }

    private void report(Report what) {
        report = what;
        reports.incrementAndGet();
    }

    int reports() {
        return reports.get();
    }

    boolean isDelivered() {
        Report now = report;
        return now != null && now.delivered();
    }

    @Nullable
    Report report() {
        return report;
    }

    @Override
    public String toString() {
        return value() + " to partition " + partition;
    }
}
