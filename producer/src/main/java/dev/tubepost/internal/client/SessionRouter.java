package dev.tubepost.internal.client;

import dev.tubepost.Partition;
import dev.tubepost.internal.batch.MemoryBound;
import dev.tubepost.internal.broker.BrokerWorker;
import dev.tubepost.internal.broker.Leaderless;
import dev.tubepost.internal.broker.LocalIdentity;
import dev.tubepost.internal.broker.QueueOwner;
import dev.tubepost.internal.broker.SessionContext;
import dev.tubepost.internal.cluster.ClusterView;
import dev.tubepost.internal.cluster.LeaderListener;
import dev.tubepost.internal.cluster.Node;
import dev.tubepost.internal.cluster.TopicView;
import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.net.ConnectionLoss;
import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.Gate;
import dev.tubepost.internal.queue.Outbox;
import dev.tubepost.internal.queue.PartitionQueue;
import dev.tubepost.internal.queue.Refusal;
import dev.tubepost.protocol.ErrorCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which queues there are in a session, and whose they are: follows the cluster's view. Changed <em>on the cluster actor</em>, read by any
 * thread.
 *
 * <p>The memory is shared out evenly: an eighth for topics and partitions without a leader, the rest in equal parts among the brokers that
 * lead something, so that a broker that takes nothing can fill its own part and no other's (N3). The parts are never larger than if a few
 * of the brokers that there are led something already ({@link #MIN_SHARES}): the first would fill what the next ones need.
 */
final class SessionRouter implements LeaderListener {

    /** For so many brokers there is room from the beginning, if there are so many. */
    private static final int MIN_SHARES = 4;

    /**
     * A worker ends when its broker has been gone, and nothing of it told, for so long: a queue that was on its way to it when it became
     * nobody's has long been sent on.
     */
    private static final long RETIREMENT_NANOS = 60_000_000_000L;

    private final SessionContext session;
    private final MemoryBound memory;
    private final int maxMessages;
    private final int hurryMessages;
    private final dev.tubepost.internal.batch.FlushLedger ledger;
    private final Actor clusterActor;
    private final Admission unassigned;
    private final Leaderless leaderless;
    private final Map<Integer, BrokerWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, TopicRoute> routes = new ConcurrentHashMap<>();
    /** In the order in which they were made; only added to. */
    private final Collection<PartitionQueue> queues = new ConcurrentLinkedQueue<>();

    private final Owner owner;
    private final Admission.Reclaimer reclaimer = this::reclaim;
    private final SessionGate gate = new SessionGate();

    // ---- confined to the cluster actor ----
    /** By broker: how many queues are its worker's, or are to be. */
    private final Map<Integer, Integer> queuesOf = new HashMap<>();
    /** Since when a worker has no queues, of brokers that are gone. */
    private final Map<Integer, Long> uselessSince = new HashMap<>();

    private int shares = 1;

    /** Whose session it is. <em>Told on the cluster actor.</em> */
    interface Owner {
        /** The topic's partitions are known, for the first time. */
        void onTopicKnown(TopicRoute route);

        /**
         * The topic cannot be produced to.
         *
         * @param by the broker that said so, for messages
         */
        void onTopicRefused(TopicRoute route, ErrorCode error, String by);

        /** Nobody lets this client in. */
        void onAccessRefused(ConnectionLoss loss);
    }

    SessionRouter(SessionContext session, SessionShares shares, Owner owner) {
        this.session = session;
        this.memory = shares.memory();
        this.maxMessages = shares.maxMessages();
        this.hurryMessages = shares.hurryMessages();
        this.ledger = shares.ledger();
        this.clusterActor = session.cluster().actor();
        this.owner = owner;
        this.unassigned = new Admission(maxMessages, Integer.MAX_VALUE, memory, memory.limitBytes() / 8, reclaimer);
        this.leaderless = new Leaderless(session, clusterActor, unassigned);
    }

    /** The way into a topic; begins to ask for the topic if it is new. */
    TopicRoute route(String topic) {
        TopicRoute route = routes.get(topic);
        if (route == null) {
            route = routes.computeIfAbsent(topic, this::newRoute);
        }
        return route;
    }

    private TopicRoute newRoute(String topic) {
        var route = new TopicRoute(topic, session.newBatchLimit(topic));
        gate.add(route.backlog());
        return route;
    }

    Admission unassigned() {
        return unassigned;
    }

    /** For messages: the broker whose the admission is, or null if it is that of what has none. */
    @Nullable
    String brokerOf(Admission admission) {
        for (Map.Entry<Integer, BrokerWorker> each : workers.entrySet()) {
            if (each.getValue().admission() == admission) {
                Node node = session.cluster().view().node(each.getKey());
                return node == null ? "broker " + each.getKey() : node.toString();
            }
        }
        return null;
    }

    Collection<TopicRoute> routes() {
        return routes.values();
    }

    /** Whether messages wait for a topic's partitions to be known. */
    boolean hasBacklog() {
        for (TopicRoute route : routes.values()) {
            if (!route.backlog().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Says who may append, everywhere; once it returns, nobody else does. */
    void setGate(Gate to) {
        gate.set(to);
    }

    /** Every owner there is. */
    void forEachOwner(Consumer<QueueOwner> action) {
        action.accept(leaderless);
        workers.values().forEach(action);
    }

    void forEachWorker(Consumer<BrokerWorker> action) {
        workers.values().forEach(action);
    }

    /** Every queue there is. */
    Collection<PartitionQueue> queues() {
        return queues;
    }

    /** Memory came free: others may wait for it. */
    void onMemoryFreed() {
        if (unassigned.isAwaited()) {
            unassigned.serveWaiters();
        }
        for (BrokerWorker worker : workers.values()) {
            if (worker.admission().isAwaited()) {
                worker.admission().serveWaiters();
            }
        }
    }

    /**
     * How many messages were let in and have no outcome that is reported, at most: what moves to another owner just now is counted with both. Exact when
     * nothing moves and nobody produces.
     */
    long pendingMessages() {
        reclaimAll();
        long pending = unassigned.grantedMessages();
        for (BrokerWorker worker : workers.values()) {
            pending += worker.admission().grantedMessages();
        }
        return pending;
    }

    /** Takes back the credits that queues of an admission hold unused. */
    private void reclaim(Admission from) {
        for (PartitionQueue queue : queues) {
            int unused = queue.takeCredits(from);
            if (unused > 0) {
                from.returnCredits(unused);
            }
        }
    }

    /** Takes back the credits that all queues hold unused. */
    void reclaimAll() {
        reclaim(unassigned);
        for (BrokerWorker worker : workers.values()) {
            reclaim(worker.admission());
        }
    }

    // ---- the cluster actor ----

    @Override
    public void onView(ClusterView view) {
        for (Map.Entry<Integer, BrokerWorker> each : workers.entrySet()) {
            Node node = view.node(each.getKey());
            if (node != null) {
                each.getValue().setNode(node, view);
            }
        }
        for (TopicRoute route : routes.values()) {
            TopicView topic = view.topic(route.topic());
            if (topic != null) {
                follow(route, topic, view);
            }
        }
        shareOut(view);
        retireUseless(view);
    }

    @Override
    public void onTopicRefused(String topic, ErrorCode error, String by) {
        TopicRoute route = routes.get(topic);
        if (route != null) {
            owner.onTopicRefused(route, error, by);
        }
    }

    @Override
    public void onAccessRefused(ConnectionLoss loss) {
        owner.onAccessRefused(loss);
    }

    @Override
    public boolean uses(String topic) {
        return routes.containsKey(topic);
    }

    @Override
    public void onRemoved() {
        LocalIdentity identity = session.identity();
        if (identity != null) {
            identity.abandon();
        }
    }

    private void follow(TopicRoute route, TopicView topic, ClusterView view) {
        TopicRoute.Routes known = route.known();
        List<Partition> partitions = topic.partitions();
        int before = known == null ? 0 : known.queues().length;
        PartitionQueue[] all = known == null ? new PartitionQueue[0] : known.queues();
        if (partitions.size() > before) {
            all = Arrays.copyOf(all, partitions.size());
        }
        boolean isAnother = route.isAnother(topic); // whoever has its queues looks at them again
        for (int i = 0; i < partitions.size(); i++) {
            int leader = route.leader(i);
            Outbox owner = ownerFor(route, i, partitions.get(i).leader(), view);
            if (i >= before) {
                all[i] = newQueue(route, i, owner);
            } else if (isAnother || leader != route.leader(i)) {
                all[i].owner().release(all[i], owner);
            }
        }
        int exist = route.partitionCount(topic);
        for (int i = exist; i < before; i++) {
            all[i].owner().refuse(all[i], partitionIsGone(exist));
        }
        if (known == null || !known.partitions().equals(partitions)) {
            route.update(new TopicRoute.Routes(partitions, all));
        }
        if (route.backlog().begin()) {
            owner.onTopicKnown(route);
        }
    }

    private static Refusal partitionIsGone(int partitions) {
        return new Refusal(
                ErrorCode.NONE,
                "the topic was created again, and has " + partitions + (partitions == 1 ? " partition" : " partitions"),
                "Produce to a partition that it has, or let the partitioner choose once more.",
                true);
    }

    private PartitionQueue newQueue(TopicRoute route, int partition, Outbox owner) {
        var queue = new PartitionQueue(
                route.topic(),
                partition,
                session.limits(),
                route.batchLimit(),
                ledger,
                session.env(),
                owner,
                session.newSequences());
        queues.add(queue);
        gate.add(queue);
        return queue;
    }

    private Outbox ownerFor(TopicRoute route, int partition, int leader, ClusterView view) {
        Node node = leader < 0 ? null : view.node(leader);
        BrokerWorker worker = node == null ? null : workers.get(leader);
        BrokerWorker of = node == null || worker != null ? worker : newWorker(node, view); // may throw: first
        int before = route.leader(partition);
        int now = node == null ? TopicRoute.NOBODY : leader;
        if (before != now) {
            queuesOf.computeIfPresent(before, (id, count) -> count == 1 ? null : count - 1);
            route.leader(partition, now);
            if (node != null) {
                queuesOf.merge(now, 1, Integer::sum);
            }
        }
        return of == null ? leaderless : of;
    }

    private BrokerWorker newWorker(Node node, ClusterView view) {
        var admission = new Admission(maxMessages, hurryMessages, memory, share(), reclaimer);
        var worker = new BrokerWorker(session, session.env().actor("broker-" + node.id()), admission, node);
        worker.setNode(node, view);
        workers.put(node.id(), worker);
        return worker;
    }

    private long share() {
        return memory.limitBytes() / 8 * 7 / shares;
    }

    private void shareOut(ClusterView view) {
        int few = Math.min(view.nodes().size(), MIN_SHARES);
        shares = Math.max(1, Math.max(few, queuesOf.size()));
        long share = share();
        for (BrokerWorker worker : workers.values()) {
            if (worker.admission().maxBytes() != share) {
                worker.admission().limitBytes(share);
            }
        }
    }

    private void retireUseless(ClusterView view) {
        long now = session.env().nanos();
        for (Map.Entry<Integer, BrokerWorker> each : List.copyOf(workers.entrySet())) {
            Integer id = each.getKey();
            BrokerWorker worker = each.getValue();
            if (view.node(id) != null || queuesOf.containsKey(id)) {
                uselessSince.remove(id);
            } else if (now - uselessSince.computeIfAbsent(id, gone -> now) >= RETIREMENT_NANOS && isFree(worker)) {
                uselessSince.remove(id);
                workers.remove(id);
                worker.close();
            }
        }
    }

    /** Whether nothing is the worker's, and nothing that it sent has its report still to come. */
    private boolean isFree(BrokerWorker worker) {
        Admission admission = worker.admission();
        reclaim(admission);
        return admission.grantedMessages() == 0
                && admission.usedBytes() == 0
                && !admission.isAwaited()
                && queues.stream().noneMatch(queue -> queue.owner() == worker);
    }
}
