package dev.tubepost.testkit.sim;

import dev.tubepost.testkit.broker.Transition;
import dev.tubepost.testkit.fault.Injury;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/** What many runs showed together. <em>Guarded by itself.</em> */
final class Tally {

    /** From so many runs on, an injury that never mattered is a finding: the simulation does not do what it says. */
    static final int ENOUGH_SEEDS = 3_000;

    private static final double NANOS_PER_HOUR = 3.6e12;

    private final List<Integer> messages = new ArrayList<>();
    private final List<Integer> faults = new ArrayList<>();
    private final List<Integer> resends = new ArrayList<>();
    private final Map<Injury, Long> happened = new EnumMap<>(Injury.class);
    private final Map<Injury, Long> mattered = new EnumMap<>(Injury.class);
    private final Map<Short, Long> errors = new TreeMap<>();
    private final Map<Transition, Long> transitions = new EnumMap<>(Transition.class);
    private double virtualHours;
    private int repeated;
    private @Nullable Outcome bad;
    private final Map<String, List<Long>> seedsByKind = new TreeMap<>();

    synchronized void add(Outcome outcome) {
        messages.add((int) outcome.messages());
        faults.add(outcome.effectiveFaults());
        resends.add(outcome.resends());
        outcome.happened().forEach((injury, count) -> happened.merge(injury, (long) count, Long::sum));
        outcome.mattered().forEach((injury, count) -> mattered.merge(injury, (long) count, Long::sum));
        outcome.errors().forEach((error, count) -> errors.merge(error, (long) count, Long::sum));
        outcome.transitions().forEach((transition, count) -> transitions.merge(transition, (long) count, Long::sum));
        virtualHours += outcome.virtualNanos() / NANOS_PER_HOUR;
        if (!outcome.isGood() && (bad == null || outcome.seed() < bad.seed())) {
            bad = outcome;
        }
        outcome.problems().stream()
                .map(Tally::kind)
                .distinct()
                .forEach(kind -> seedsByKind
                        .computeIfAbsent(kind, any -> new ArrayList<>())
                        .add(outcome.seed()));
    }

    /** A problem without what is different in each run. */
    private static String kind(String problem) {
        String first = problem.lines().findFirst().orElse("");
        return first.replaceAll("[-0-9.]+", "#").replaceAll("\\[.*]", "[..]");
    }

    /** The kinds of problems: how many runs had them, and the first of these. */
    synchronized List<String> kinds() {
        return seedsByKind.entrySet().stream()
                .map(kind -> kind.getValue().size() + " times, as in seed " + Collections.min(kind.getValue()) + ": "
                        + kind.getKey())
                .toList();
    }

    /** A run was made twice, with the same result. */
    synchronized void repeated() {
        repeated++;
    }

    synchronized int runs() {
        return messages.size();
    }

    /** The first run that broke a promise. */
    synchronized @Nullable Outcome bad() {
        return bad;
    }

    /** The injuries that never changed an outcome, and the errors that never did. */
    private List<String> idle() {
        var idle = new ArrayList<String>();
        for (Injury injury : Injury.values()) {
            if (mattered.getOrDefault(injury, 0L) == 0) {
                idle.add(injury + " (" + injury.faults() + ") happened " + happened.getOrDefault(injury, 0L)
                        + " times and changed no outcome");
            }
        }
        for (Transition transition : Transition.values()) {
            if (!transitions.containsKey(transition)) {
                idle.add(transition + " was never seen");
            }
        }
        errors.forEach((error, count) -> {
            if (count == 0 && !Coverage.EXPECTED_CODES.contains(error)) {
                idle.add(name(error) + " was answered and changed no outcome");
            }
        });
        idle.addAll(Coverage.missingCodes(code -> errors.getOrDefault(code, 0L) > 0));
        idle.addAll(Coverage.missingFaults(injury -> mattered.getOrDefault(injury, 0L) > 0));
        return idle;
    }

    private static String name(short code) {
        Errors error = Errors.forCode(code);
        return error.code() == code ? error.toString() : "not listed";
    }

    /** Everything, for people. */
    synchronized String describe(double seconds, int threads) {
        int runs = messages.size();
        var text = new StringBuilder();
        text.append(String.format(
                "%,d schedules in %.0f s: %.0f a second per core; %.0f virtual hours per minute%n",
                runs, seconds, runs / seconds / threads, virtualHours / seconds * 60));
        text.append(String.format(
                "medians per seed: %d messages, %d faults that changed an outcome, %d requests sent again%n",
                median(messages), median(faults), median(resends)));
        text.append(String.format("%,d seeds were run twice, with the same trace%n", repeated));
        text.append("injury (faults): happened, changed an outcome\n");
        for (Injury injury : Injury.values()) {
            text.append(String.format(
                    "  %-20s %-12s %,12d %,12d%n",
                    injury, injury.faults(), happened.getOrDefault(injury, 0L), mattered.getOrDefault(injury, 0L)));
        }
        text.append("changes of the producer's state that were seen\n");
        for (Transition transition : Transition.values()) {
            text.append(String.format("  %-20s %,25d%n", transition, transitions.getOrDefault(transition, 0L)));
        }
        text.append("errors answered to messages that were then sent again or failed\n");
        errors.forEach((error, count) -> text.append(String.format("  %4d %-40s %,12d%n", error, name(error), count)));
        return text.toString();
    }

    /** Where the runs were too quiet to be worth their time. */
    synchronized List<String> findings() {
        List<String> idle = idle();
        check(idle, "messages", median(messages), 50);
        check(idle, "faults that changed an outcome", median(faults), 3);
        check(idle, "requests sent again", median(resends), 1);
        return idle;
    }

    private static void check(List<String> idle, String what, int median, int least) {
        if (median < least) {
            idle.add("the median run has " + median + " " + what + ", and must have " + least);
        }
    }

    private static int median(List<Integer> numbers) {
        return numbers.isEmpty()
                ? 0
                : numbers.stream().sorted().skip(numbers.size() / 2).findFirst().orElse(0);
    }
}
