package dev.tubepost.internal.cluster;

import dev.tubepost.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A topic that is kept up to date. <em>Confined to the cluster actor.</em> */
final class TopicInterest {

    /** Whether the next request asks for it. */
    boolean due;

    /** Whether it is asked for again after a pause; then {@link #askAtNanos} says when. */
    boolean pausing;

    long askAtNanos;

    /** When somebody was last seen to use it. */
    long usedNanos;

    /** How many answers in a row were no answer. */
    private int vain;

    /** Whether waiting will not help; it is asked for again when it is wanted again. */
    boolean refused;

    /** Since when every answer said that no broker knows the topic; 0 for not now. */
    long unknownSinceNanos;

    /** It is to be asked for, as if it had never been. */
    void begin() {
        refused = false;
        unknownSinceNanos = 0;
        due = true;
        pausing = false;
        vain = 0;
    }

    /** It was answered, and need not be asked for again. */
    void settle() {
        due = false;
        pausing = false;
        vain = 0;
    }

    int vain() {
        return vain;
    }

    /** Another answer was none: it is asked for again then. */
    void pauseUntil(long nanos) {
        pausing = true;
        askAtNanos = nanos;
        vain++;
    }

    /**
     * Takes an answer; true if the topic is to be asked for again.
     *
     * @param view what is known now, with the answer: a broker that is behind may name a leader that is known to be gone, and then nobody
     *     leads as far as we know (F34, F38)
     */
    boolean judge(ErrorCode error, @Nullable TopicView view, long nowNanos) {
        switch (error) {
            case NONE -> {
                refused = false;
                unknownSinceNanos = 0;
                return view == null || view.partitions().isEmpty() || view.hasLeaderless() || view.isDoubted();
            }
            case INVALID_TOPIC_EXCEPTION, TOPIC_AUTHORIZATION_FAILED -> {
                refused = true;
                return waitsForLeader(view);
            }
            case UNKNOWN_TOPIC_OR_PARTITION -> {
                if (unknownSinceNanos == 0) {
                    unknownSinceNanos = nowNanos == 0 ? 1 : nowNanos;
                }
                refused = nowNanos - unknownSinceNanos >= ClusterActor.UNKNOWN_PATIENCE_NANOS;
                return !refused || waitsForLeader(view);
            }
            default -> {
                unknownSinceNanos = 0;
                return true;
            }
        }
    }

    /** What was refused is asked for again while a partition has no leader: messages for it may come, and nobody else would ask. */
    private static boolean waitsForLeader(@Nullable TopicView view) {
        return view != null && view.hasLeaderless();
    }
}
