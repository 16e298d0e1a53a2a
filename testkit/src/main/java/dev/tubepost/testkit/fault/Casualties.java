package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.Transition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * How often each injury happened, and whether it changed anything. <em>Confined to the run's thread.</em>
 *
 * <p>An injury of messages mattered if one of them was sent again or failed. Any other mattered if within {@link #FELT_NANOS} something was
 * disturbed: a connection was made anew, a batch came again, a request was refused, a message failed.
 */
public final class Casualties {

    /** How long after an injury a disturbance is taken for its effect. */
    private static final long FELT_NANOS = 5_000_000_000L;

    private final Map<Injury, Integer> counts = new EnumMap<>(Injury.class);
    private final Map<Injury, Integer> felt = new EnumMap<>(Injury.class);
    private final Map<Injury, Long> fresh = new EnumMap<>(Injury.class);
    private final Map<Injury, List<Set<String>>> hit = new EnumMap<>(Injury.class);
    private final Map<Short, List<Set<String>>> errors = new TreeMap<>();
    private final Map<Transition, Integer> transitions = new EnumMap<>(Transition.class);
    private @Nullable Teller teller;

    /** Who hears of each injury as it happens. */
    public interface Teller {
        void tell(Supplier<String> line);
    }

    public void tellTo(Teller told) {
        teller = told;
    }

    /** The producer changed its state, so that it could be seen. */
    public void passed(Transition transition) {
        transitions.merge(transition, 1, Integer::sum);
    }

    /** How often the producer changed its state in each way. */
    public Map<Transition, Integer> transitions() {
        return Map.copyOf(transitions);
    }

    /** Something happened that is not about certain messages. */
    public void happened(Injury injury, long nowNanos) {
        count(injury, "");
        fresh.put(injury, nowNanos);
    }

    /** Something happened to these messages. */
    public void hit(Injury injury, Iterable<String> values) {
        count(injury, values);
        hit.computeIfAbsent(injury, any -> new ArrayList<>()).add(set(values));
    }

    /** For whoever reads the trace. */
    void tell(Supplier<String> line) {
        if (teller != null) {
            teller.tell(line);
        }
    }

    private void count(Injury injury, Object whom) {
        counts.merge(injury, 1, Integer::sum);
        if (teller != null) {
            teller.tell(() -> "*** " + injury + " " + whom);
        }
    }

    /** An error was answered to these messages. */
    void refused(short error, Iterable<String> values, long nowNanos) {
        errors.computeIfAbsent(error, any -> new ArrayList<>()).add(set(values));
        disturbed(nowNanos);
    }

    /** Something is not as it would be on a good day. */
    public void disturbed(long nowNanos) {
        if (!fresh.isEmpty()) {
            fresh.forEach((injury, at) -> {
                if (nowNanos - at <= FELT_NANOS) {
                    felt.merge(injury, 1, Integer::sum);
                }
            });
            fresh.clear();
        }
    }

    private static Set<String> set(Iterable<String> values) {
        var all = new HashSet<String>();
        values.forEach(all::add);
        return all;
    }

    /** Something happened, and changed an outcome then and there. */
    public void mattered(Injury injury) {
        count(injury, "");
        felt.merge(injury, 1, Integer::sum);
    }

    /** How often it happened. */
    public int count(Injury injury) {
        return counts.getOrDefault(injury, 0);
    }

    /**
     * How often it changed an outcome.
     *
     * @param wasHurt whether a message was sent again or failed
     */
    public int mattered(Injury injury, Predicate<String> wasHurt) {
        return felt.getOrDefault(injury, 0) + hurt(hit.getOrDefault(injury, List.of()), wasHurt);
    }

    /** How often each error was answered to messages that were then sent again or failed; after a duplicate, that were not. */
    public Map<Short, Integer> errorsThatMattered(Predicate<String> wasHurt) {
        var all = new TreeMap<Short, Integer>();
        errors.forEach((error, sets) -> all.put(
                error,
                error == Errors.DUPLICATE_SEQUENCE_NUMBER.code()
                        ? sets.size() - hurt(sets, wasHurt)
                        : hurt(sets, wasHurt)));
        return all;
    }

    /** The messages that it befell. */
    public boolean wasHit(Injury injury, String value) {
        return hit.getOrDefault(injury, List.of()).stream().anyMatch(set -> set.contains(value));
    }

    private static int hurt(List<Set<String>> sets, Predicate<String> wasHurt) {
        return (int) sets.stream().filter(set -> set.stream().anyMatch(wasHurt)).count();
    }
}
