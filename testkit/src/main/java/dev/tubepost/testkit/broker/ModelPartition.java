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
    private final boolean usesAppendTime;
    private final List<Long> deletions = new ArrayList<>();
    private long nextOffset;
    private long logStartOffset;
    private long shrunkUntilNanos;
    private boolean troubled;

    /**
     * @param firstOffset where the log begins; not always 0, as in a topic that was cleaned
     * @param usesAppendTime whether a record's timestamp is when it was appended ({@code message.timestamp.type})
     * @param sequenceUse the numbers that were used in former lives of the topic
     */
    ModelPartition(int index, int leader, long firstOffset, boolean usesAppendTime, SequenceUse sequenceUse) {
        this.usesAppendTime = usesAppendTime;
        this.index = index;
        this.sequenceUse = sequenceUse;
        this.nextOffset = firstOffset;
        this.logStartOffset = firstOffset;
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
        return append(new Appended(0, value, timestamp, 0), timestamp);
    }

    /** Appends a record, with that timestamp; its offset. */
    long append(Appended record, long timestamp) {
        log.add(new Appended(nextOffset, record.value(), timestamp, record.content()));
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

    boolean usesAppendTime() {
        return usesAppendTime;
    }

    /** Until then fewer replicas are in sync than {@code min.insync.replicas}. */
    public void shrink(long untilNanos) {
        shrunkUntilNanos = untilNanos;
    }

    boolean lacksReplicas(long nowNanos) {
        return nowNanos < shrunkUntilNanos;
    }

    long logStartOffset() {
        return logStartOffset;
    }

    /** Whether the last batch that came was refused. */
    void troubled(boolean refused) {
        troubled = refused;
    }

    /**
     * The records are deleted, and with them what the leader knows of producers (F53). Not while a batch waits to come again: one that comes before it would
     * be taken in its stead (KAFKA-15591), and no producer could prevent it.
     */
    public boolean deleteRecords() {
        if (troubled || nextOffset == logStartOffset) {
            return false;
        }
        logStartOffset = nextOffset;
        deletions.add(nextOffset);
        producers.forgetAll();
        return true;
    }

    /** Where the log began anew, in order: what stands before that is no more, and may come again behind it. */
    public List<Long> deletions() {
        return List.copyOf(deletions);
    }

    /** What was appended, in order. */
    public List<Appended> log() {
        return List.copyOf(log);
    }
}
