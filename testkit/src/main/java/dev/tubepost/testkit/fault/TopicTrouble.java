package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.env.EventHeap;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What befalls topics. <em>Confined to the run's thread.</em> */
final class TopicTrouble {

    private static final int SMALLEST_LIMIT_BYTES = 150;
    private static final int LARGEST_LIMIT_BYTES = 3_000;
    private static final long LONGEST_ABSENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final EventHeap events;
    private final ModelCluster cluster;
    private final List<ModelTopic> absent = new ArrayList<>();

    TopicTrouble(EventHeap events, ModelCluster cluster) {
        this.events = events;
        this.cluster = cluster;
    }

    boolean lowerLimit(SplittableRandom details) {
        int bytes = SMALLEST_LIMIT_BYTES + details.nextInt(LARGEST_LIMIT_BYTES);
        if (cluster.topics().isEmpty()) {
            return false;
        }
        cluster.limitMessages(any(details).name(), bytes);
        return true;
    }

    boolean addPartition(SplittableRandom details) {
        if (cluster.topics().isEmpty()) {
            return false;
        }
        cluster.addPartition(any(details));
        return true;
    }

    /** A topic is deleted and made again at once. */
    boolean recreate(SplittableRandom details) {
        if (!mayDelete()) {
            return false;
        }
        ModelTopic topic = any(details);
        cluster.recreate(topic, topic.partitions().size());
        return true;
    }

    /** A topic is deleted, and made again after a while. */
    boolean delete(SplittableRandom details) {
        if (!mayDelete()) {
            return false;
        }
        ModelTopic topic = any(details);
        cluster.delete(topic);
        absent.add(topic);
        events.after(details.nextLong(LONGEST_ABSENCE_NANOS), () -> comeBack(topic));
        return true;
    }

    /** Who is sent to by name takes epochs that begin anew for old ones. */
    private boolean mayDelete() {
        return cluster.tellsTopicIds() && !cluster.topics().isEmpty();
    }

    private void comeBack(ModelTopic topic) {
        if (absent.remove(topic)) {
            cluster.again(topic, topic.partitions().size());
        }
    }

    /** All topics are there, and take what is sent. */
    void heal() {
        List.copyOf(absent).forEach(this::comeBack);
        cluster.topics().forEach(topic -> cluster.limitMessages(topic.name(), Integer.MAX_VALUE));
    }

    private ModelTopic any(SplittableRandom details) {
        return cluster.topics().get(details.nextInt(cluster.topics().size()));
    }
}
