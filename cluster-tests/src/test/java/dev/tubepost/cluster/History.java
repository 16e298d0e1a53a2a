package dev.tubepost.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what a producer reported with what is in the log. <em>Confined to one thread.</em> */
final class History {

    /** What was promised. */
    enum Promise {
        /** Each message has one report, and what was reported as not written is not there; a leader that dies may take what it acknowledged along. */
        REPORTED,
        /** Acknowledged messages are there; what a lost attempt left behind may be there twice, or late. */
        NOTHING_LOST,
        /** And nothing is there twice, and all is in order. */
        ONCE_AND_IN_ORDER
    }

    /** A promise that was not kept. */
    enum Broken {
        /** One report for each message. */
        REPORTS,
        /** What is acknowledged is there. */
        LOST,
        /** Once. */
        TWICE,
        /** In the order of each caller's calls. */
        DISORDER,
        /** Where it was to be, at the offset that was told; and not there if it was said so. */
        UNTRUE
    }

    /** What is wrong. <em>Immutable.</em> */
    record Problem(Broken broken, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private final Promise promise;
    private final List<Problem> problems = new ArrayList<>();

    private History(Promise promise) {
        this.promise = promise;
    }

    /** Every promise that was not kept. */
    static List<Problem> check(Promise promise, Collection<Sent> sent, List<Found> log) {
        var history = new History(promise);
        Map<String, List<Found>> byValue = new HashMap<>();
        log.forEach(found -> byValue.computeIfAbsent(found.value(), value -> new ArrayList<>())
                .add(found));
        for (Sent message : sent) {
            history.check(message, byValue.getOrDefault(message.value(), List.of()));
        }
        history.checkOrder(log);
        return history.problems;
    }

    private void check(Sent message, List<Found> found) {
        Sent.Report report = message.report();
        if (report == null || message.reports() != 1) {
            add(Broken.REPORTS, message + " was reported " + message.reports() + " times");
            return;
        }
        if (found.stream().anyMatch(each -> each.partition() != message.partition)) {
            add(Broken.UNTRUE, message + " is in the wrong place: " + found);
        }
        if (report.delivered() && found.isEmpty() && promise != Promise.REPORTED) {
            add(Broken.LOST, message + " was acknowledged, and is lost");
        }
        if (report.delivered()
                && report.offset() >= 0
                && promise != Promise.REPORTED
                && found.stream().noneMatch(each -> each.offset() == report.offset())) {
            add(Broken.UNTRUE, message + " was acknowledged with offset " + report.offset() + ", and is at " + found);
        }
        if (!report.delivered() && !report.maybeWritten() && !found.isEmpty()) {
            add(
                    Broken.UNTRUE,
                    message + " was reported as not written (" + report.text() + "), and is there: " + found);
        }
        if (promise == Promise.ONCE_AND_IN_ORDER && found.size() > 1) {
            add(Broken.TWICE, message + " is there twice: " + found);
        }
    }

    private void checkOrder(List<Found> log) {
        if (promise != Promise.ONCE_AND_IN_ORDER) {
            return;
        }
        Map<List<Object>, Integer> newest = new HashMap<>();
        for (Found found : log) {
            int dash = found.value().indexOf('-');
            String caller = found.value().substring(0, dash);
            int number = Integer.parseInt(found.value().substring(dash + 1));
            Integer before = newest.put(List.of(caller, found.partition()), number);
            if (before != null && before > number) {
                add(Broken.DISORDER, found + " comes after number " + before + " of the same caller");
            }
        }
    }

    private void add(Broken broken, String text) {
        problems.add(new Problem(broken, text));
    }
}
