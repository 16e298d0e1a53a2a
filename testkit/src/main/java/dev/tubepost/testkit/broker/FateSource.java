package dev.tubepost.testkit.broker;

import org.apache.kafka.common.protocol.Errors;

/** Decides what becomes of requests. <em>Confined to the run's thread.</em> */
public interface FateSource {

    /** The fate of a Produce request that has just arrived. */
    Fate next();

    /** How long a broker takes for any other request. */
    long delayNanos();

    /** Whether a leader that begins has only read a snapshot, and so remembers only the last batch of each producer. */
    boolean forgets();

    /** What is answered to who asks for a producer id: NONE, or what may pass. */
    Errors producerIdError();

    /** The epoch with which a producer id begins: 0, or one near the last, so that epochs are used up. */
    short firstEpoch();

    /** Told about what hit which messages, so that it can be seen afterwards whether it mattered. */
    void onHit(Fate fate, Iterable<String> values);

    /** Told about messages that came to a broker which does not lead their partition. */
    void onNotLeader(Iterable<String> values);

    /** Told about messages that were refused for their sequence number. */
    void onOutOfSequence(Iterable<String> values);

    /** Told about messages that were in the log already, and not appended again. */
    void onDuplicate(Iterable<String> values);

    /** Told about a broker of which nothing reaches a client any more, whatever it appends. */
    void onMuted(ModelBroker broker);
}
