package dev.tubepost.testkit.broker;

import java.util.ArrayList;
import java.util.List;

/** A partition: who leads it, and its log. <em>Confined to the run's thread.</em> */
public final class ModelPartition {

    /** A leader from some moment on; -1 while there is none. */
    record Leadership(long sinceNanos, int leader, int epoch) {}

    private final int index;
    private final List<Leadership> history = new ArrayList<>();
    private final List<Appended> log = new ArrayList<>();
    private final ProducerStates producers = new ProducerStates();
    private final SequenceUse sequenceUse;
    private long nextOffset;

    /**
     * @param firstOffset where the log begins; not always 0, as in a topic that was cleaned
     * @param sequenceUse the numbers that were used in former lives of the topic
     */
    ModelPartition(int index, int leader, long firstOffset, SequenceUse sequenceUse) {
        this.index = index;
        this.sequenceUse = sequenceUse;
        this.nextOffset = firstOffset;
        history.add(new Leadership(Long.MIN_VALUE, leader, 0));
    }

    public int index() {
        return index;
    }

    /** The leader now, or -1. */
    public int leader() {
        return last().leader();
    }

    /** Leads from now on, in a new epoch. */
    void lead(int broker, long nowNanos) {
        history.add(new Leadership(nowNanos, broker, last().epoch() + 1));
    }

    Leadership last() {
        return history.get(history.size() - 1);
    }

    /** What was true at a time: a broker's knowledge may be old. */
    Leadership at(long nanos) {
        for (int i = history.size() - 1; i > 0; i--) {
            if (history.get(i).sinceNanos() <= nanos) {
                return history.get(i);
            }
        }
        return history.get(0);
    }

    /** Appends a record; its offset. */
    public long append(String value, long timestamp) {
        log.add(new Appended(nextOffset, value, timestamp));
        return nextOffset++;
    }

    ProducerStates producers() {
        return producers;
    }

    SequenceUse sequenceUse() {
        return sequenceUse;
    }

    long nextOffset() {
        return nextOffset;
    }

    /** What was appended, in order. */
    public List<Appended> log() {
        return List.copyOf(log);
    }
}
