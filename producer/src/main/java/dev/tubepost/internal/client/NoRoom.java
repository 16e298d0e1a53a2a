package dev.tubepost.internal.client;

import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.queue.Admission;
import org.jspecify.annotations.Nullable;

/**
 * The exception for a message that found no room: which bound was reached, for which broker, how long the call waited, and what raises it.
 * Static, without state.
 */
final class NoRoom {

    /** Instead of a time: the call was made in a callback, which does not wait. */
    static final long IN_A_CALLBACK = -1;

    private NoRoom() {}

    /**
     * @param admission where there was no room; asked once more what is used there, so the numbers are those of a moment later
     * @param memory the session's, of which that is a part
     * @param broker for whose messages it is, or null for those whose partition or leader is not known
     * @param bytes what the message would have been charged
     * @param blockNanos how long the call may wait; 0 for not at all, or {@link #IN_A_CALLBACK}
     */
    static ProducerQueueFullException of(
            String topic,
            Admission admission,
            MemoryBound memory,
            @Nullable String broker,
            long bytes,
            long blockNanos) {
        return new ProducerQueueFullException("there was no room for a message to " + topic + within(blockNanos)
                + ", and nothing was queued: " + reached(admission, memory, broker, bytes));
    }

    /** There was none for its delivery report. */
    static ProducerQueueFullException forReport(String topic, int reportQueueLimit, long blockNanos) {
        return new ProducerQueueFullException("there was no room for the report of a message to " + topic
                + within(blockNanos) + ", and nothing was queued: this thread has " + reportQueueLimit
                + " delivery reports that nobody fetched, and reportQueueLimit allows no more. Fetch them from"
                + " deliveryReports(), raise reportQueueLimit, or set deliveryReports(false)");
    }

    private static String within(long blockNanos) {
        if (blockNanos == IN_A_CALLBACK) {
            return " at once, and a callback does not wait, as what makes room may be reported behind it";
        }
        return blockNanos == 0 ? "" : " within " + blockNanos / 1_000_000 + " ms (blockTimeout)";
    }

    private static String reached(Admission admission, MemoryBound memory, @Nullable String broker, long bytes) {
        String whose = broker == null ? "messages without a known leader" : "messages for " + broker;
        long share = admission.maxBytes() - admission.usedBytes();
        long all = memory.limitBytes() - memory.usedBytes();
        if (admission.grantedMessages() >= admission.maxMessages()) {
            return admission.grantedMessages() + " " + whose + " are not reported yet, and maxQueuedMessages allows "
                    + admission.maxMessages() + ". " + advice(broker, "maxQueuedMessages");
        }
        if (bytes > all && all <= share) {
            return "the messages of this session hold " + memory.usedBytes() + " bytes, and bufferMemory allows "
                    + memory.limitBytes() + "; " + whose + " hold " + admission.usedBytes() + " of them. "
                    + advice(broker, "bufferMemory");
        }
        if (bytes > share) {
            return whose + " hold " + admission.usedBytes() + " bytes, and their share of bufferMemory is "
                    + admission.maxBytes() + " of " + memory.limitBytes() + ". " + advice(broker, "bufferMemory");
        }
        return "others wait before it, or there is room by now: " + whose + " are " + admission.grantedMessages()
                + " of " + admission.maxMessages() + " (maxQueuedMessages), and hold " + admission.usedBytes() + " of "
                + admission.maxBytes() + " bytes (a share of bufferMemory). "
                + advice(broker, "maxQueuedMessages and bufferMemory");
    }

    private static String advice(@Nullable String broker, String raise) {
        return (broker == null
                        ? "Check that the topic exists and has leaders, and that the bootstrap servers can be reached"
                        : "The broker takes less than is produced, or callbacks take long: produce more slowly")
                + ", or raise " + raise;
    }
}
