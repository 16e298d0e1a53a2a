package dev.tubepost.cli;

import dev.tubepost.cli.Tally.Failure;
import dev.tubepost.cli.Tally.Latency;
import dev.tubepost.cli.Tally.PartitionOffsets;
import java.util.Locale;

/** A receipt for people. <em>Stateless.</em> */
final class ReceiptText {

    private ReceiptText() {}

    static String of(Receipt receipt) {
        StringBuilder text = new StringBuilder(500);
        appendCounts(text, receipt);
        appendPartitions(text, receipt);
        appendFailures(text, receipt);
        appendTiming(text, receipt);
        return text.toString();
    }

    private static void appendCounts(StringBuilder text, Receipt receipt) {
        Receipt.Counts counts = receipt.counts();
        line(text, "%-22s %15s %19s", "topic " + receipt.topic(), "messages", "bytes");
        count(text, "read", counts.read());
        if (counts.acknowledging()) {
            count(text, "acknowledged", counts.delivered());
        } else {
            count(text, "sent, not acknowledged", counts.delivered());
        }
        count(text, "failed", counts.failed());
        count(text, "maybe written", counts.maybeWritten());
        if (counts.withoutOutcome() != 0) {
            line(text, "%-22s %,15d", "without outcome", counts.withoutOutcome());
        }
    }

    private static void count(StringBuilder text, String name, Count count) {
        line(text, "%-22s %,15d %,19d", name, count.messages(), count.bytes());
    }

    private static void appendPartitions(StringBuilder text, Receipt receipt) {
        if (receipt.partitions().isEmpty()) {
            return;
        }
        line(text, "%-22s %15s %19s", "partition", "messages", "offsets");
        for (PartitionOffsets each : receipt.partitions()) {
            String offsets = each.firstOffset() < 0 ? "unknown" : each.firstOffset() + ".." + each.lastOffset();
            line(text, "%-22d %,15d %19s", each.partition(), each.messages(), offsets);
        }
    }

    private static void appendFailures(StringBuilder text, Receipt receipt) {
        for (Failure each : receipt.failures()) {
            line(text, "%-22s %,15d   %s", each.error(), each.messages(), each.text());
        }
    }

    private static void appendTiming(StringBuilder text, Receipt receipt) {
        Receipt.Timing timing = receipt.timing();
        Count delivered = receipt.counts().delivered();
        line(
                text,
                "%.2f s, %,.0f messages/s, %s/s",
                timing.elapsed().toNanos() / 1e9,
                timing.perSecond(delivered.messages()),
                bytes(timing.perSecond(delivered.bytes())));
        if (delivered.messages() > 0) {
            Latency latency = timing.latency();
            line(
                    text,
                    "latency p50 %.1f ms, p99 %.1f ms (from the first message of each one's batch)",
                    latency.p50Micros() / 1e3,
                    latency.p99Micros() / 1e3);
        }
    }

    /** An amount of bytes for people, in decimal units. */
    static String bytes(double amount) {
        if (amount < 1e3) {
            return String.format(Locale.ROOT, "%.0f B", amount);
        }
        if (amount < 1e6) {
            return String.format(Locale.ROOT, "%.1f kB", amount / 1e3);
        }
        if (amount < 1e9) {
            return String.format(Locale.ROOT, "%.1f MB", amount / 1e6);
        }
        return String.format(Locale.ROOT, "%.2f GB", amount / 1e9);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation is not worth a dependency
    private static void line(StringBuilder text, String format, Object... arguments) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        text.append(String.format(Locale.ROOT, format, arguments));
    }
}
