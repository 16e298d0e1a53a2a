package dev.tubepost.testkit.fault;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How often each injury happened, and whom it hit. <em>Confined to the run's thread.</em> */
public final class Casualties {

    private final Map<Injury, Integer> counts = new EnumMap<>(Injury.class);
    private final Map<Injury, Set<String>> hit = new EnumMap<>(Injury.class);

    void happened(Injury injury) {
        counts.merge(injury, 1, Integer::sum);
    }

    void hit(Injury injury, Iterable<String> values) {
        happened(injury);
        Set<String> all = hit.computeIfAbsent(injury, any -> new HashSet<>());
        values.forEach(all::add);
    }

    /** How often it happened. */
    public int count(Injury injury) {
        return counts.getOrDefault(injury, 0);
    }

    /** The messages whose requests it befell. */
    public Set<String> hit(Injury injury) {
        return hit.getOrDefault(injury, Set.of());
    }
}
