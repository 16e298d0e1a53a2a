package dev.tubepost;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a message's time went, by phase; phases do not overlap. <em>Immutable.</em>
 *
 * @param metadata waiting for the topic's partitions or for a leader
 * @param memory waiting in {@code produce} for room in the queue or in memory
 * @param queue waiting in the partition's queue: linger, and batches before it
 * @param connection waiting for a connection to the leader
 * @param inFlight between sending and the answer, over all attempts
 * @param backoff waiting between attempts
 * @param throttle waiting because the broker asked for it (KIP-219)
 */
public record TimeSpent(
        Duration metadata,
        Duration memory,
        Duration queue,
        Duration connection,
        Duration inFlight,
        Duration backoff,
        Duration throttle)
        implements Serializable {

    /** No time at all. */
    public static final TimeSpent NONE = new TimeSpent(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** What a message can wait for. */
    public enum Phase {
        METADATA("waiting for metadata"),
        MEMORY("waiting for room"),
        QUEUE("in the queue"),
        CONNECTION("waiting for a connection"),
        IN_FLIGHT("in flight"),
        BACKOFF("in backoff between attempts"),
        THROTTLE("throttled by the broker");

        private final String words;

        Phase(String words) {
            this.words = words;
        }
    }

    /** The time spent in one phase. */
    public Duration in(Phase phase) {
        return switch (phase) {
            case METADATA -> metadata;
            case MEMORY -> memory;
            case QUEUE -> queue;
            case CONNECTION -> connection;
            case IN_FLIGHT -> inFlight;
            case BACKOFF -> backoff;
            case THROTTLE -> throttle;
        };
    }

    /** The phase that took most; of equal ones, the earliest. */
    public Phase largest() {
        return byLength().get(0);
    }

    /** The phases that took time, longest first, as {@code "12.0 s in backoff between attempts, 3 ms in the queue"}. */
    public String describe() {
        String text = byLength().stream()
                .filter(phase -> in(phase).compareTo(Durations.LEAST_SHOWN) >= 0)
                .map(phase -> Durations.rounded(in(phase)) + " " + phase.words)
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? "no time" : text;
    }

    private List<Phase> byLength() {
        List<Phase> phases = new ArrayList<>(List.of(Phase.values()));
        phases.sort(Comparator.comparing(this::in).reversed()); // stable: equal ones stay in order
        return phases;
    }
}
