package dev.tubepost.internal.client;

/** Hears which leaders a client believes in: for the simulation, which looks whether it ever goes back (I17). Told on the cluster's actor. */
@FunctionalInterface
public interface LeaderWatch {

    /**
     * The client believes this from now on; told again with each view, for each partition.
     *
     * @param topicId which topic, also if another one had the same name
     * @param epoch the leader's epoch, or -1 if it is not known
     */
    void onLeader(String topicId, String topic, int partition, int epoch);
}
