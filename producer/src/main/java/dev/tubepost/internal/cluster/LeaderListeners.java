package dev.tubepost.internal.cluster;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who follow the leaders. <em>Anybody may come and go; all are told on the cluster's actor.</em> */
final class LeaderListeners {

    /** The pause after an error that a listener met. */
    private static final long TELL_AGAIN_NANOS = 1_000_000_000L;

    private final List<LeaderListener> listeners = new CopyOnWriteArrayList<>();
    private final Actor actor;
    /** While it is set somebody has not heard all of the view. */
    private final Alarm tellAgain;

    private ClusterView view = ClusterView.EMPTY;

    LeaderListeners(Env env, Actor actor) {
        this.actor = actor;
        this.tellAgain = new Alarm(env, actor, this::tellView);
    }

    void add(LeaderListener listener) {
        listeners.add(listener);
    }

    void remove(LeaderListener listener) {
        if (listeners.remove(listener)) {
            actor.post(listener::onRemoved);
        }
    }

    /** Whether one of them has a use for the topic. */
    boolean use(String topic) {
        for (LeaderListener listener : listeners) {
            if (listener.uses(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Tells each of what is known now. */
    void tell(ClusterView newest) {
        view = newest;
        tellView();
    }

    private void tellView() {
        for (LeaderListener listener : listeners) {
            tellView(listener);
        }
    }

    /** Whoever met an error is told once more: it may not have heard all, and nobody else would tell it for minutes. */
    private void tellView(LeaderListener listener) {
        try {
            listener.onView(view);
        } catch (Throwable thrown) {
            actor.fault(thrown);
            tellAgain.setNoLaterThan(TELL_AGAIN_NANOS);
        }
    }

    /** A topic is refused by that broker. */
    void tellRefused(String topic, ErrorCode reason, String by) {
        listeners.forEach(listener -> listener.onTopicRefused(topic, reason, by));
    }

    /** Nobody lets this client in. */
    void tellAccessRefused(ConnectionLoss loss) {
        listeners.forEach(listener -> listener.onAccessRefused(loss));
    }

    /** Nobody follows any more. */
    void removeAll() {
        listeners.forEach(LeaderListener::onRemoved);
        listeners.clear();
    }
}
