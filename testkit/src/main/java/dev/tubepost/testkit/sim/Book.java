package dev.tubepost.testkit.sim;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryListener;
import dev.tubepost.DeliveryReport;
import dev.tubepost.DeliveryReports;
import dev.tubepost.FailedMessage;
import dev.tubepost.Message;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.env.SimEnv;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what was accepted and what was heard of it, on all three ways at once. <em>Used by whoever holds the baton.</em> */
final class Book implements DeliveryListener {

    /** A stop that is cut off waits a second at the most for the reports of what it had to fail. */
    private static final Duration MOST_LATE = Duration.ofSeconds(2);

    private final SimEnv env;
    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    /** Failures heard of messages whose produce has not returned yet. */
    private final Map<String, DeliveryException> early = new LinkedHashMap<>();

    /** How many of their reports another caller fetched. */
    private final Map<String, Integer> earlyReports = new LinkedHashMap<>();

    private final Set<DeliveryReports<String, String>> reportQueues = new LinkedHashSet<>();

    private long deliveredByListener;
    private boolean closing;

    private final long mostNanos;
    private final UserCode userCode;
    private LongSupplier usedBytes = () -> 0;
    private long mostBytes = Long.MAX_VALUE;

    /**
     * @param longestNanos within which each message has its outcome (I11)
     * @param userCode what the listener does, besides writing down
     */
    Book(SimEnv env, long longestNanos, UserCode userCode) {
        this.env = env;
        this.mostNanos = longestNanos + MOST_LATE.toNanos();
        this.userCode = userCode;
    }

    /** From now on looks whether the buffers stay within their bound (I10). */
    void watchMemory(LongSupplier used, long most) {
        usedBytes = used;
        mostBytes = most;
    }

    /** The producer has accepted it. */
    void accepted(Sent message) {
        sent.put(message.value, message);
        DeliveryException failure = early.remove(message.value);
        if (failure != null) {
            message.failuresHeard++;
            message.failure = failure;
        }
        message.reports = Objects.requireNonNullElse(earlyReports.remove(message.value), 0);
        Message<String, String> handle = message.handle;
        if (handle != null && message.wantsFuture) {
            var unused = handle.delivered().whenComplete((done, thrown) -> {
                message.futuresDone++;
                message.futureDoneNanos = env.events().now();
                checkTime(message);
            });
        }
        long used = usedBytes.getAsLong();
        if (used > mostBytes) {
            problems.add(used + " bytes of buffers are in use, at most " + mostBytes + " may be");
        }
        env.trace().add("accepted", message.value.hashCode());
    }

    /** The reports of a thread that produces. Whoever fetches, fetches those of all: a queue may be handed to another thread. */
    void watchReports(DeliveryReports<String, String> reports) {
        reportQueues.add(reports);
    }

    /** Hears the reports that have come. */
    void fetchReports() {
        for (DeliveryReports<String, String> queue : reportQueues) {
            DeliveryReport<String, String> report = queue.poll();
            while (report != null) {
                reported(report);
                report = queue.poll();
            }
        }
    }

    void reported(DeliveryReport<String, String> report) {
        String value = id(report.message().value());
        Sent message = sent.get(value);
        if (message == null) {
            earlyReports.merge(value, 1, Integer::sum);
        } else {
            message.reports++;
            if ((report.failure() == null) != (report.message().failure() == null)) {
                problems.add(message + ": the report says " + report.failure() + ", the handle "
                        + report.message().failure());
            }
        }
    }

    @Override
    public void onDelivered(DeliveredBatch batch) {
        deliveredByListener += batch.messages();
        env.trace().add("delivered", batch.baseOffset());
        userCode.hear();
    }

    @Override
    public void onFailure(FailedMessage failed) {
        String value = id(new String(Objects.requireNonNull(failed.value(), "a value"), StandardCharsets.UTF_8));
        env.trace().add("failed", value.hashCode());
        Sent message = sent.get(value);
        if (message == null) {
            if (early.put(value, failed.failure()) != null) {
                problems.add(value + " failed twice before it was accepted");
            }
        } else {
            message.failuresHeard++;
            message.failure = failed.failure();
            checkTime(message);
        }
        userCode.hear();
    }

    /** Something must be so. */
    void expect(boolean holds, String otherwise) {
        expect(holds, () -> otherwise);
    }

    /** The same, where the text is made often and needed never. */
    void expect(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            problems.add(otherwise.get());
        }
    }

    /** The messages to a topic that have no outcome yet. */
    List<Sent> pending(int topic) {
        return sent.values().stream()
                .filter(message -> message.topic == topic && message.handle != null && !message.handle.isDone())
                .toList();
    }

    private void checkTime(Sent message) {
        long nanos = env.events().now() - message.acceptedNanos;
        if (nanos > mostNanos + userCode.blockedNanos()) {
            problems.add(message + " had its outcome after " + Duration.ofNanos(nanos));
        }
    }

    /** A flush said that everything was done of what had been accepted before it (I16). */
    void flushed(Collection<Sent> before) {
        for (Sent message : before) {
            if (message.handle != null && (!message.handle.isDone() || message.reports == 0)) {
                problems.add(message + " is not reported after a flush");
            }
        }
    }

    /** The messages that were accepted and have no report yet. */
    List<Sent> unreported() {
        return sent.values().stream()
                .filter(message -> message.handle != null && message.reports == 0)
                .toList();
    }

    /** The cluster is being closed from now on. */
    void closing() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** A call has returned, that much after its time. Several stops in a row may each have waited for a callback that blocks. */
    void ended(String what, Duration late) {
        expect(
                late.minusNanos(userCode.blockedNanos()).compareTo(MOST_LATE) <= 0,
                what + " took " + late + " longer than it may");
    }

    /** A stop has returned, that much after its time. */
    void stopped(List<Sent> pendingBefore, Duration late) {
        env.trace().add("stopped", pendingBefore.size());
        ended("a stop", late);
        for (Sent message : pendingBefore) {
            if (message.handle != null && !message.handle.isDone()) {
                problems.add(message + " has no outcome after a stop");
            }
        }
    }

    /** What stands before the padding. */
    static String id(@Nullable String value) {
        String text = String.valueOf(value);
        int end = text.indexOf(ModelCluster.PADDING);
        return end < 0 ? text : text.substring(0, end);
    }

    Collection<Sent> all() {
        return sent.values();
    }

    long deliveredByListener() {
        return deliveredByListener;
    }

    /** What cannot be, whatever the brokers did. */
    List<String> problems() {
        var all = new ArrayList<>(problems);
        all.addAll(userCode.problems());
        early.keySet().forEach(value -> all.add(value + " was refused, and failed all the same"));
        earlyReports.keySet().forEach(value -> all.add(value + " was refused, and reported all the same"));
        return all;
    }
}
