package dev.tubepost.internal.broker;

import dev.tubepost.TimeSpent;
import dev.tubepost.internal.queue.CutOff;
import dev.tubepost.protocol.ErrorCode;

/** What to do about a broker's error, or about a time that was too short, in a sentence. Pure. */
public final class Advice {

    /** A time that can be over before a message has its outcome. */
    public enum Limit {
        DELIVERY("deliveryTimeout"),
        SYNC("pendingTimeout"),
        STOP("the stop's time (its argument, or pendingTimeout)");

        private final String option;

        Limit(String option) {
            this.option = option;
        }
    }

    private Advice() {}

    /**
     * What to do about a time that was over.
     *
     * @param largest what most of it was spent on
     */
    public static String on(TimeSpent.Phase largest, Limit over) {
        boolean isDelivery = over == Limit.DELIVERY;
        String raise = "raise " + over.option;
        return switch (largest) {
            case METADATA ->
                "Check that the topic exists and has a leader, and that the bootstrap servers are right, or " + raise
                        + ".";
            case MEMORY -> slow(raise);
            case QUEUE ->
                isDelivery ? slow(raise) : "It was still in its queue: produce more slowly, or " + raise + ".";
            case CONNECTION ->
                "Check that this machine reaches the address that the broker advertises (advertised.listeners), or "
                        + raise + ".";
            case IN_FLIGHT ->
                isDelivery
                        ? "The broker answers slowly: look at its load, or " + raise + " and requestTimeout."
                        : "The broker had not answered yet: look at its load, or " + raise + ".";
            case BACKOFF -> "The broker kept refusing: look at the last error, or " + raise + ".";
            case THROTTLE ->
                "A quota of the broker holds this client back: produce less, have the quota raised, or " + raise + ".";
        };
    }

    /**
     * What to do about a stop that ended before everything had its outcome.
     *
     * @param largest what most of the time was spent on
     */
    public static String on(CutOff cutOff, TimeSpent.Phase largest) {
        return cutOff.isTimeOver()
                ? on(largest, Limit.STOP)
                : "Let the thread that stops a producer finish, or flush before it may be interrupted.";
    }

    private static String slow(String raise) {
        return "The brokers take less than is produced: produce more slowly, or " + raise
                + " or the number of partitions.";
    }

    /** What to do about the error. */
    public static String on(ErrorCode error) {
        return switch (error) {
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE ->
                "Raise max.message.bytes of the topic, or lower batchBytes or the size of the messages.";
            case TOPIC_AUTHORIZATION_FAILED -> "Give this client the right to write to the topic (an ACL with WRITE).";
            case CLUSTER_AUTHORIZATION_FAILED -> "Give this client the right it lacks on the cluster.";
            case UNKNOWN_TOPIC_OR_PARTITION ->
                "Create the topic, or let the brokers create it (auto.create.topics.enable).";
            case INVALID_TOPIC_EXCEPTION ->
                "Choose a topic name of 1 to 249 letters, digits, '.', '_' and '-', and none of an internal topic.";
            case INVALID_REQUIRED_ACKS -> "Set requiredAcks to 0, 1 or -1.";
            case NOT_ENOUGH_REPLICAS, NOT_ENOUGH_REPLICAS_AFTER_APPEND ->
                "Too few replicas are in sync for min.insync.replicas of the topic: look at the brokers.";
            case KAFKA_STORAGE_ERROR -> "The broker cannot write to its disk: look at the broker's log and disk.";
            case INVALID_TIMESTAMP -> "Set timestamps within the topic's limits (message.timestamp.*.max.ms).";
            case INVALID_RECORD -> "The topic takes other records: one that is compacted needs a key on each.";
            case UNSUPPORTED_COMPRESSION_TYPE -> "Choose another compression: the broker does not know this one.";
            case POLICY_VIOLATION -> "A policy of the brokers forbids it.";
            default -> "The broker's log says more.";
        };
    }
}
