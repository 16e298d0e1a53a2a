package dev.tubepost.internal.cluster;

import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ErrorCode;

/** Told by the cluster actor, on that actor, when something changed. */
public interface LeaderListener {

    /** There is a new view. */
    void onView(ClusterView view);

    /**
     * A topic cannot be produced to, and waiting will not help: it does not exist and is not created, its name is refused, or it is not
     * authorised.
     *
     * @param by the broker that said so, for messages
     */
    void onTopicRefused(String topic, ErrorCode error, String by);

    /**
     * Every broker was asked, and those that answered do not let us in, or cannot prove who they are. It is tried again.
     *
     * @param loss what the last one of them said
     */
    default void onAccessRefused(ConnectionLoss loss) {}

    /** Whether the topic has to be kept up to date for this listener. */
    boolean uses(String topic);

    /** It is told nothing any more. */
    default void onRemoved() {}
}
