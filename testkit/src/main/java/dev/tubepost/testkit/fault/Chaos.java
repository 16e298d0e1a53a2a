package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.env.EventHeap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What befalls brokers and leaders, at random times, until it heals. <em>Confined to the run's thread.</em> */
public final class Chaos {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Less than what stop and close may be late. */
    private static final long MAX_STALL_NANOS = SECOND / 2;

    private static final long MAX_LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    private final EventHeap events;
    private final SplittableRandom random;
    private final ModelCluster cluster;
    private final Casualties casualties;
    private final long meanPauseNanos;
    private boolean healed;

    /** @param meanPauseNanos the time between two misfortunes, on average */
    public Chaos(
            EventHeap events,
            SplittableRandom random,
            ModelCluster cluster,
            Casualties casualties,
            long meanPauseNanos) {
        this.events = events;
        this.random = random;
        this.cluster = cluster;
        this.casualties = casualties;
        this.meanPauseNanos = meanPauseNanos;
    }

    /** A broker was muted: in half of the cases it dies soon, and with it the knowledge of what it appended last. */
    public void onMuted(ModelBroker broker) {
        if (random.nextBoolean()) {
            events.after(random.nextLong(SECOND), () -> {
                if (!healed && random.nextBoolean()) {
                    failOver(broker);
                } else if (!healed) {
                    restart(broker);
                }
            });
        }
    }

    public void start() {
        events.after(random.nextLong(2 * meanPauseNanos), this::strike);
    }

    /** All brokers are up and know the leaders, every partition has one, and nothing more happens. */
    public void heal() {
        healed = true;
        for (ModelBroker broker : cluster.brokers()) {
            broker.start();
            broker.lag(0);
        }
        for (ModelTopic topic : cluster.topics()) {
            for (ModelPartition partition : topic.partitions()) {
                if (partition.leader() < 0) {
                    cluster.move(partition, anyBroker().id());
                }
            }
        }
    }

    private void strike() {
        if (healed) {
            return;
        }
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> moveLeader();
            case 3 -> withoutLeader();
            case 4, 5 -> cutConnections();
            case 6 -> takeDown();
            case 7 -> stall();
            case 8, 9 -> failOver(anyBroker());
            case 10 -> restart(anyBroker());
            default -> fallBehind();
        }
        start();
    }

    private void moveLeader() {
        cluster.move(anyPartition(), anyBroker().id());
        casualties.happened(Injury.LEADER_MOVED);
    }

    private void withoutLeader() {
        ModelPartition partition = anyPartition();
        cluster.move(partition, -1);
        casualties.happened(Injury.LEADERLESS);
        events.after(random.nextLong(2 * SECOND), () -> {
            if (partition.leader() < 0) {
                cluster.move(partition, anyBroker().id());
            }
        });
    }

    private void cutConnections() {
        ModelBroker broker = anyBroker();
        if (broker.hasConnections()) {
            broker.cutAll();
            casualties.happened(Injury.CONNECTIONS_CUT);
        }
    }

    private void takeDown() {
        ModelBroker broker = anyBroker();
        if (broker.isUp()) {
            broker.stop();
            casualties.happened(Injury.BROKER_DOWN);
            events.after(random.nextLong(3 * SECOND), broker::start);
        }
    }

    /** A broker dies with all its connections, and others lead its partitions at once. */
    private void failOver(ModelBroker dead) {
        if (!dead.isUp() || cluster.brokers().size() == 1) {
            return;
        }
        dead.stop();
        for (ModelTopic topic : cluster.topics()) {
            for (ModelPartition partition : topic.partitions()) {
                if (partition.leader() == dead.id()) {
                    cluster.move(partition, anyOther(dead).id());
                }
            }
        }
        casualties.happened(Injury.FAILED_OVER);
        events.after(random.nextLong(3 * SECOND), dead::start);
    }

    /** A broker is gone for a moment, leads what it led before, and knows only what it had on its disk. */
    private void restart(ModelBroker broker) {
        if (!broker.isUp()) {
            return;
        }
        broker.stop();
        for (ModelTopic topic : cluster.topics()) {
            for (ModelPartition partition : topic.partitions()) {
                if (partition.leader() == broker.id()) {
                    cluster.move(partition, broker.id());
                }
            }
        }
        casualties.happened(Injury.RESTARTED);
        events.after(random.nextLong(SECOND / 2), broker::start);
    }

    private void stall() {
        events.stall(random.nextLong(MAX_STALL_NANOS));
        casualties.happened(Injury.STALLED);
    }

    private void fallBehind() {
        anyBroker().lag(random.nextLong(MAX_LAG_NANOS));
        casualties.happened(Injury.OLD_METADATA);
    }

    private ModelBroker anyBroker() {
        List<ModelBroker> all = cluster.brokers();
        return all.get(random.nextInt(all.size()));
    }

    private ModelBroker anyOther(ModelBroker than) {
        List<ModelBroker> all = cluster.brokers();
        int step = 1 + random.nextInt(all.size() - 1);
        return all.get((all.indexOf(than) + step) % all.size());
    }

    private ModelPartition anyPartition() {
        List<ModelTopic> topics = cluster.topics();
        List<ModelPartition> partitions =
                topics.get(random.nextInt(topics.size())).partitions();
        return partitions.get(random.nextInt(partitions.size()));
    }
}
