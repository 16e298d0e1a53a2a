package dev.tubepost.internal.cluster;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Alarm;
import dev.tubepost.internal.env.Backoff;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Log;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.MetadataResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The topics that are kept up to date, and when each of them is to be asked for. <em>Confined to the cluster actor</em>, but for {@link #lastError}. */
final class WantedTopics {

    private static final Log LOG = Log.of("dev.tubepost.cluster");

    private final Env env;
    private final ClusterSettings settings;
    private final LeaderListeners listeners;
    private final Runnable onDue;
    private final Map<String, TopicInterest> wanted = new LinkedHashMap<>();
    /** By topic: the error in the last answer, if there was one. Read by any thread. */
    private final Map<String, ErrorCode> lastErrors = new ConcurrentHashMap<>();
    /** Until the first of the topics that pause is asked for again. */
    private final Alarm pause;

    private long lookedForUnusedNanos;

    /**
     * @param listeners who may have a use for a topic, and hears when it is refused
     * @param onDue run when the pause of a topic is over
     */
    WantedTopics(Env env, Actor actor, ClusterSettings settings, LeaderListeners listeners, Runnable onDue) {
        this.env = env;
        this.settings = settings;
        this.listeners = listeners;
        this.onDue = onDue;
        this.pause = new Alarm(env, actor, this::endPauses);
        this.lookedForUnusedNanos = env.nanos();
    }

    /** Keeps it up to date from now on; whether it is to be asked for. */
    boolean want(String topic, ClusterView view) {
        TopicInterest interest = wanted.get(topic);
        if (interest == null) {
            interest = new TopicInterest();
            wanted.put(topic, interest);
        }
        interest.usedNanos = env.nanos();
        boolean isToBeAsked = view.topic(topic) == null || interest.refused;
        if (isToBeAsked) {
            interest.begin();
        }
        return isToBeAsked;
    }

    /** Whether it was refused, and is to be asked for again now. */
    boolean askAgainIfRefused(String topic) {
        TopicInterest interest = wanted.get(topic);
        if (interest == null || !interest.refused) {
            return false;
        }
        interest.begin();
        return true;
    }

    Set<String> names() {
        return wanted.keySet();
    }

    boolean isAnyDue() {
        for (TopicInterest interest : wanted.values()) {
            if (interest.due) {
                return true;
            }
        }
        return false;
    }

    /** Topics whose sessions are closed are asked for no longer, after a while in which another session may come (metadataMaxIdle). */
    void forgetUnused() {
        long now = env.nanos();
        if (now - lookedForUnusedNanos < settings.metadataMaxIdleNanos() / 8) {
            return;
        }
        lookedForUnusedNanos = now;
        wanted.entrySet().removeIf(entry -> {
            TopicInterest interest = entry.getValue();
            if (listeners.use(entry.getKey())) {
                interest.usedNanos = now;
            }
            return now - interest.usedNanos >= settings.metadataMaxIdleNanos();
        });
        lastErrors.keySet().retainAll(wanted.keySet());
    }

    /** The error in the last answer to a question for the topic, or NONE. May be called by any thread. */
    ErrorCode lastError(String topic) {
        return lastErrors.getOrDefault(topic, ErrorCode.NONE);
    }

    private void remember(String topic, ErrorCode error) {
        if (error == ErrorCode.NONE) {
            lastErrors.remove(topic);
        } else {
            lastErrors.put(topic, error);
        }
    }

    /**
     * What may be created by being asked for: what was never there. A topic that was deleted is not made again by who only wants to know its
     * leaders (F39); so these are asked for by themselves.
     */
    Set<String> neverSeen(ClusterView view) {
        var topics = new TreeSet<String>();
        if (settings.allowAutoTopicCreation()) {
            for (Map.Entry<String, TopicInterest> each : wanted.entrySet()) {
                if (each.getValue().due && view.topic(each.getKey()) == null) {
                    topics.add(each.getKey());
                }
            }
        }
        return topics;
    }

    /**
     * What is due, or everything. What was refused is asked for with the others as long as its leaders are known, since messages go to them.
     */
    Set<String> toAsk(ClusterView view, boolean isAll) {
        var topics = new TreeSet<String>();
        for (Map.Entry<String, TopicInterest> each : wanted.entrySet()) {
            TopicInterest interest = each.getValue();
            boolean isInUse = !interest.refused || view.topic(each.getKey()) != null;
            if (interest.due || (isAll && isInUse)) {
                topics.add(each.getKey());
            }
        }
        return topics;
    }

    /** Decides for each topic that was asked for whether to ask again; true if any. */
    boolean judge(MetadataResponse answer, Set<String> asked, ClusterView next) {
        boolean again = false;
        long now = env.nanos();
        Map<Integer, Long> pauses = new HashMap<>(); // those that failed equally often are asked for together
        var unanswered = new TreeSet<>(asked);
        for (MetadataResponse.Topic topic : answer.topics()) {
            String name = topic.name();
            TopicInterest interest = name == null ? null : wanted.get(name);
            if (name == null || interest == null || !asked.contains(name)) {
                continue;
            }
            unanswered.remove(name);
            remember(name, ErrorCode.of(topic.errorCode()));
            boolean wasRefused = interest.refused;
            if (interest.judge(ErrorCode.of(topic.errorCode()), next.topic(name), now)) {
                pause(interest, pauses, now);
                again = true;
            } else {
                interest.settle();
            }
            if (interest.refused) {
                ErrorCode reason = ErrorCode.of(topic.errorCode());
                if (!wasRefused) {
                    LOG.warn("topic {} is refused: {}", name, reason);
                }
                listeners.tellRefused(name, reason, next.toldBy());
            }
        }
        for (String name : unanswered) { // left out of the answer
            TopicInterest interest = wanted.get(name);
            if (interest != null && interest.due) {
                pause(interest, pauses, now);
            }
        }
        schedule(now);
        return again || !unanswered.isEmpty();
    }

    /** It is asked for again, after a pause that grows with how often it was asked for in vain; other topics do not wait for it. */
    private void pause(TopicInterest interest, Map<Integer, Long> pauses, long nowNanos) {
        interest.due = false;
        if (interest.pausing) { // it was asked for in between, with all the others
            return;
        }
        Long nanos = pauses.get(interest.vain());
        if (nanos == null) {
            nanos = Backoff.delayNanos(
                    env.random(), settings.retryBackoffNanos(), settings.retryBackoffMaxNanos(), interest.vain());
            pauses.put(interest.vain(), nanos);
        }
        interest.pauseUntil(nowNanos + nanos);
    }

    /** Sees to it that topics are asked for when their pause is over; those of which it is over soon are asked for along with the first. */
    private void schedule(long nowNanos) {
        long first = Long.MAX_VALUE;
        for (TopicInterest interest : wanted.values()) {
            if (interest.pausing) {
                first = Math.min(first, interest.askAtNanos - nowNanos);
            }
        }
        if (first != Long.MAX_VALUE) {
            pause.setNoLaterThan(first);
        }
    }

    private void endPauses() {
        long now = env.nanos();
        long soon = now + settings.retryBackoffNanos() / 4;
        for (TopicInterest interest : wanted.values()) {
            if (interest.pausing && interest.askAtNanos - soon <= 0) {
                interest.pausing = false;
                interest.due = true;
            }
        }
        schedule(now);
        onDue.run();
    }
}
