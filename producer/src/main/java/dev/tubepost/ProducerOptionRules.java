package dev.tubepost;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What is allowed for a producer's options, one by one and together (F96). <em>Stateless.</em> */
final class ProducerOptionRules {

    private ProducerOptionRules() {}

    static void check(ProducerSettings set, OptionChecks checks) {
        checkRanges(set, checks);
        checkTogether(set, checks);
    }

    private static void checkRanges(ProducerSettings set, OptionChecks checks) {
        checks.atLeast("maxRetries", set.maxRetries, 0);
        checks.positive("retryBackoff", set.retryBackoff);
        if (set.requiredAcks() < -1 || set.requiredAcks() > 1) {
            checks.refuse(
                    "requiredAcks",
                    set.requiredAcks(),
                    "must be 0 (nobody), 1 (the leader) or -1 (all in-sync replicas); a number of replicas is min.insync.replicas of the topic");
        }
        checkAckTimeout(set.ackTimeout, checks);
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

    private static void checkAckTimeout(@Nullable Duration given, OptionChecks checks) {
        Duration most = Duration.ofMillis(Integer.MAX_VALUE);
        if (given != null && (given.isNegative() || given.compareTo(most) > 0)) {
            checks.refuse(
                    "ackTimeout", given, "must be 0 to " + most.toMillis() + " ms, which is what a request can carry");
        }
    }

    private static void checkTogether(ProducerSettings set, OptionChecks checks) {
        Duration delivery = set.deliveryTimeout;
        if (set.retryBackoffMax().compareTo(set.retryBackoff) < 0) {
            checks.refuse(
                    "retryBackoffMax",
                    set.retryBackoffMax(),
                    "must be at least " + text("retryBackoff", set.retryBackoff, checks));
        }
        if (isPositive(delivery) && isPositive(set.linger) && delivery.compareTo(set.linger) <= 0) {
            checks.refuse(
                    "deliveryTimeout",
                    delivery,
                    "must be more than " + text("linger", set.linger, checks)
                            + ", or messages fail before they are sent");
        }
        if (set.idempotent() && set.requiredAcks() != -1) {
            checks.refuse(
                    "requiredAcks",
                    set.requiredAcks(),
                    "must be -1 with " + checks.name("idempotent")
                            + " = true: without the acknowledgement of all in-sync replicas a message can be lost, and nothing keeps its place");
        }
        if (set.requiredAcks() == -1 && set.ackTimeout().isZero()) {
            checks.refuse(
                    "ackTimeout",
                    Duration.ZERO,
                    "must be more than 0 with " + checks.name("requiredAcks")
                            + " = -1, or no replica has time to answer");
        }
        if (set.requiredAcks() == -1 && isPositive(delivery) && set.ackTimeout().compareTo(delivery) > 0) {
            checks.refuse(
                    "ackTimeout",
                    set.ackTimeout(),
                    "must be at most " + text("deliveryTimeout", delivery, checks)
                            + ", or the broker answers too late");
        }
        if (set.sync && set.pendingTimeout().isZero()) {
            checks.refuse(
                    "pendingTimeout",
                    Duration.ZERO,
                    "must be more than 0 with " + checks.name("sync") + " = true, or every produce times out");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static String text(String option, Duration value, OptionChecks checks) {
        return checks.name(option) + " = " + Durations.exact(value);
    }
}
