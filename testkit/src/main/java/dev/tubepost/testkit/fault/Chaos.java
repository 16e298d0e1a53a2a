package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.env.EventHeap;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** What befalls brokers, leaders and the process at random times, until it heals. <em>Confined to the run's thread.</em> */
public final class Chaos {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Less than what stop and close may be late. */
    private static final long MAX_STALL_NANOS = SECOND / 2;

    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    private final EventHeap events;
    private final SplittableRandom random;
    private final ModelCluster cluster;
    private final Decisions decisions;
    private final Casualties casualties;
    private final List<Injury> mayHappen;
    private final BrokerTrouble brokers;
    private final LeaderTrouble leaders;
    private final TopicTrouble topics;
    private final long meanPauseNanos;
    private LongConsumer wallClock = millis -> {};

    /** @param meanPauseNanos the time between two misfortunes, on average */
    public Chaos(
            EventHeap events,
            SplittableRandom random,
            ModelCluster cluster,
            Swarm swarm,
            Decisions decisions,
            Casualties casualties,
            long meanPauseNanos) {
        this.events = events;
        this.random = random;
        this.cluster = cluster;
        this.decisions = decisions;
        this.casualties = casualties;
        this.meanPauseNanos = meanPauseNanos;
        this.mayHappen = Arrays.stream(Injury.values())
                .filter(injury -> injury.family() == Injury.Family.TIMED && swarm.isOn(injury))
                .toList();
        this.brokers = new BrokerTrouble(events, cluster);
        this.leaders = new LeaderTrouble(events, cluster);
        this.topics = new TopicTrouble(events, cluster);
    }

    /** A broker was muted: in half of the cases it dies soon, and with it the knowledge of what it appended last. */
    public void onMuted(ModelBroker broker) {
        if (random.nextBoolean()) {
            Injury end = random.nextBoolean() ? Injury.FAILED_OVER : Injury.RESTARTED;
            events.after(random.nextLong(SECOND), () -> strike(end, broker));
        }
    }

    /** Who sets the wall clock forward, or back, by so many milliseconds. */
    public void wallClock(LongConsumer clock) {
        wallClock = clock;
    }

    public void start() {
        if (!mayHappen.isEmpty()) {
            events.after(random.nextLong(2 * meanPauseNanos), () -> {
                Injury injury = mayHappen.get(random.nextInt(mayHappen.size()));
                ModelBroker broker =
                        cluster.brokers().get(random.nextInt(cluster.brokers().size()));
                if (!decisions.isOver()) {
                    strike(injury, broker);
                    start();
                }
            });
        }
    }

    /** All brokers are up and know the leaders, every partition has one, and nothing more happens. */
    public void heal() {
        decisions.end();
        for (ModelBroker broker : cluster.brokers()) {
            broker.start();
            broker.resume();
            broker.lag(0);
        }
        brokers.heal();
        topics.heal();
        for (ModelTopic topic : cluster.topics()) {
            for (ModelPartition partition : topic.partitions()) {
                partition.shrink(0);
                if (partition.leader() < 0) {
                    leaders.elect(partition, random);
                }
            }
        }
    }

    private void strike(Injury injury, ModelBroker broker) {
        if (decisions.strikesWhenChosen(injury) && happened(injury, broker, decisions.details())) {
            casualties.happened(injury, events.now());
        }
    }

    /** Does it; false if it could not be. */
    private boolean happened(Injury injury, ModelBroker broker, SplittableRandom details) {
        return switch (injury) {
            case LEADER_MOVED -> leaders.move(details);
            case LEADERLESS -> leaders.takeAway(details);
            case CONNECTIONS_CUT -> brokers.cutConnections(broker);
            case BROKER_DOWN -> brokers.takeDown(broker, details);
            case FAILED_OVER -> brokers.failOver(broker, details);
            case RESTARTED -> brokers.restart(broker, details);
            case OLD_METADATA -> brokers.fallBehind(broker, details);
            case ALL_DOWN -> brokers.takeAllDown(details);
            case PING_PONG -> leaders.pingPong(details);
            case LIMIT_LOWERED -> topics.lowerLimit(details);
            case PARTITION_ADDED -> topics.addPartition(details);
            case RECREATED -> topics.recreate(details);
            case DELETED -> topics.delete(details);
            case HIJACKED -> brokers.hijack(broker, details);
            case RELOCATED -> brokers.relocate();
            case ISR_SHRUNK -> leaders.shrink(details);
            case BROKER_PAUSED -> brokers.pause(broker, details);
            case IDLE_CLOSED -> broker.closeIdle();
            case RECORDS_DELETED -> leaders.deleteRecords(details);
            case ADDRESSES_EXCHANGED -> brokers.exchangeAddresses(broker, details);
            case CLOCK_JUMPED -> {
                wallClock.accept(details.nextLong(-DAY_MILLIS, DAY_MILLIS));
                yield true;
            }
            case STALLED -> {
                events.stall(details.nextLong(MAX_STALL_NANOS));
                yield true;
            }
            default -> throw new IllegalStateException(injury + " does not strike at random times");
        };
    }
}
