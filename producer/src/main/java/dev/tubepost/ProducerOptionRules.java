package dev.tubepost;

import java.time.Duration;

/** What is allowed for a producer's options, one by one and together (F96). <em>Stateless.</em> */
final class ProducerOptionRules {

    private ProducerOptionRules() {}

    static void check(ProducerOptions.Builder set, OptionChecks checks) {
        checkRanges(set, checks);
        checkTogether(set, checks);
    }

    private static void checkRanges(ProducerOptions.Builder set, OptionChecks checks) {
        checks.atLeast("maxRetries", set.maxRetries, 0);
        checks.positive("retryBackoff", set.retryBackoff);
        checks.positive("retryBackoffMax", set.retryBackoffMax());
        if (set.requiredAcks < -1 || set.requiredAcks > 1) {
            checks.refuse(
                    "requiredAcks",
                    set.requiredAcks,
                    "must be 0 (nobody), 1 (the leader) or -1 (all in-sync replicas); a number of replicas is min.insync.replicas of the topic");
        }
        checks.notNegative("ackTimeout", set.ackTimeout());
        if (set.ackTimeout().compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
            checks.refuse(
                    "ackTimeout",
                    set.ackTimeout(),
                    "must be at most " + Integer.MAX_VALUE + " ms, as the protocol has 31 bits for it");
        }
        checks.atLeast("maxQueuedMessages", set.maxQueuedMessages, 1);
        checks.atLeast("minQueuedMessages", set.minQueuedMessages, 1);
        checks.notNegative("linger", set.linger);
        checks.notNegative("blockTimeout", set.blockTimeout);
        checks.atLeast("maxRequestSize", set.maxRequestSize, 1024);
        checks.atLeast("reportQueueLimit", set.reportQueueLimit, 1);
        checks.positive("deliveryTimeout", set.deliveryTimeout);
        checks.atLeast("batchBytes", set.batchBytes, 1);
        checks.atLeast("bufferMemory", set.bufferMemory, 65_536);
        checks.between("maxInFlightRequests", set.maxInFlightRequests, 1, 5);
    }

    private static void checkTogether(ProducerOptions.Builder set, OptionChecks checks) {}
}
