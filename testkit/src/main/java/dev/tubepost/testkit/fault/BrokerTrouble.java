package dev.tubepost.testkit.fault;

import dev.tubepost.testkit.broker.ModelBroker;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.env.EventHeap;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What befalls brokers. <em>Confined to the run's thread.</em> */
final class BrokerTrouble {

    private static final long LONGEST_OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LONGEST_RESTART_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MAX_LAG_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    /** Where a client must see that an address leads to another cluster: from 4.4 on the handshake says so (KIP-1242). */
    private static final Set<VersionProfile> HIJACKABLE = EnumSet.allOf(VersionProfile.class);

    private final EventHeap events;
    private final ModelCluster cluster;

    BrokerTrouble(EventHeap events, ModelCluster cluster) {
        this.events = events;
        this.cluster = cluster;
    }

    boolean cutConnections(ModelBroker broker) {
        boolean any = broker.hasConnections();
        broker.cutAll();
        return any;
    }

    /** A broker is gone, and leads all the same. */
    boolean takeDown(ModelBroker broker, SplittableRandom details) {
        return goneFor(broker, details.nextLong(LONGEST_OUTAGE_NANOS), led -> {});
    }

    /** A broker dies with all its connections, and others lead its partitions at once. */
    boolean failOver(ModelBroker broker, SplittableRandom details) {
        return cluster.brokers().size() > 1
                && goneFor(
                        broker,
                        details.nextLong(LONGEST_OUTAGE_NANOS),
                        led -> cluster.move(led, anyOther(broker, details).id()));
    }

    /** A broker is gone for a moment, leads what it led before, and knows only what it had on its disk. */
    boolean restart(ModelBroker broker, SplittableRandom details) {
        return goneFor(broker, details.nextLong(LONGEST_RESTART_NANOS), led -> cluster.move(led, broker.id()));
    }

    /** Nobody is there. */
    boolean takeAllDown(SplittableRandom details) {
        boolean any = false;
        long nanos = details.nextLong(LONGEST_OUTAGE_NANOS);
        for (ModelBroker broker : cluster.brokers()) {
            any |= goneFor(broker, nanos + details.nextLong(LONGEST_RESTART_NANOS), led -> {});
        }
        return any;
    }

    private boolean goneFor(ModelBroker broker, long nanos, Consumer<ModelPartition> whatItLed) {
        if (!broker.isUp()) {
            return false;
        }
        broker.stop();
        whatItLeads(broker, whatItLed);
        events.after(nanos, broker::start);
        return true;
    }

    private void whatItLeads(ModelBroker broker, Consumer<ModelPartition> each) {
        for (ModelTopic topic : cluster.topics()) {
            topic.partitions().stream()
                    .filter(partition -> partition.leader() == broker.id())
                    .forEach(each);
        }
    }

    /** A broker stands still as with SIGSTOP, others lead its partitions meanwhile, and then it goes on as if nothing had been. */
    boolean pause(ModelBroker broker, SplittableRandom details) {
        if (broker.isPaused() || !broker.isUp()) {
            return false;
        }
        broker.pause();
        long nanos = details.nextLong(LONGEST_OUTAGE_NANOS);
        if (cluster.brokers().size() > 1) {
            events.after(details.nextLong(nanos + 1), () -> {
                if (broker.isPaused()) {
                    whatItLeads(
                            broker,
                            led -> cluster.move(led, anyOther(broker, details).id()));
                }
            });
        }
        events.after(nanos, broker::resume);
        return true;
    }

    boolean fallBehind(ModelBroker broker, SplittableRandom details) {
        broker.lag(details.nextLong(MAX_LAG_NANOS));
        return true;
    }

    /** Two brokers get each other's names. */
    boolean exchangeAddresses(ModelBroker broker, SplittableRandom details) {
        if (cluster.brokers().size() == 1) {
            return false;
        }
        cluster.exchangeAddresses(broker, anyOther(broker, details));
        return true;
    }

    /** A broker's address is for a while that of a broker of another cluster (F42). */
    boolean hijack(ModelBroker broker, SplittableRandom details) {
        boolean isChecked = cluster.brokers().stream().allMatch(each -> HIJACKABLE.contains(each.profile()));
        if (!isChecked || !cluster.isKnown() || broker.isHijacked()) {
            return false;
        }
        broker.hijack();
        events.after(details.nextLong(LONGEST_OUTAGE_NANOS), broker::setFree);
        return true;
    }

    /** All brokers have other names and addresses, and the names that the client was given lead there (F43). */
    boolean relocate() {
        cluster.relocate();
        return true;
    }

    void heal() {
        cluster.brokers().forEach(ModelBroker::setFree);
    }

    private ModelBroker anyOther(ModelBroker than, SplittableRandom details) {
        List<ModelBroker> all = cluster.brokers();
        int step = 1 + details.nextInt(all.size() - 1);
        return all.get((all.indexOf(than) + step) % all.size());
    }
}
