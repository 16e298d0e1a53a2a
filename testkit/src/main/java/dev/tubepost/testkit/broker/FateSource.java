package dev.tubepost.testkit.broker;

/** Decides what becomes of requests. <em>Confined to the run's thread.</em> */
public interface FateSource {

    /** The fate of a Produce request that has just arrived. */
    Fate next();

    /** How long a broker takes for any other request. */
    long delayNanos();

    /** Told about what hit which messages, so that it can be seen afterwards whether it mattered. */
    void onHit(Fate fate, Iterable<String> values);

    /** Told about messages that came to a broker which does not lead their partition. */
    void onNotLeader(Iterable<String> values);
}
