package dev.tubepost.testkit.broker;

import dev.tubepost.testkit.env.EventHeap;
import dev.tubepost.testkit.net.SimNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.jspecify.annotations.Nullable;

/** Several brokers and their topics. <em>Confined to the run's thread.</em> */
public final class ModelCluster {

    /** Between a message's text and what makes it larger. */
    public static final char PADDING = '|';

    private static final String USUAL_ID = "model-cluster";
    static final int PORT = 9092;
    private static final String FOREIGN = "foreign-cluster";
    private static final long FIRST_FOREIGN_TOPIC = 1_000;
    private static final long FIRST_PRODUCER_ID = 1_000;
    private static final long FIRST_MILLIS = 1_700_000_000_000L;

    private final String id;
    private final EventHeap events;
    private final SimNetwork network;
    private final FateSource fates;
    private final List<ModelBroker> brokers = new ArrayList<>();
    private final List<ModelTopic> topics = new ArrayList<>();
    private final List<ModelTopic> deleted = new ArrayList<>();
    private final Map<String, Integer> messageLimits = new HashMap<>();
    private long nextTopicId = 1;
    private long nextProducerId = FIRST_PRODUCER_ID;
    private final List<String> violations;
    private @Nullable ModelCluster foreign;
    private boolean known;
    private int moves;
    private final BatchHistory history = new BatchHistory(this);
    private final Acknowledgements acknowledgements = new Acknowledgements(this);
    private final Map<String, Integer> toldLeaders = new HashMap<>();
    private int sessions = Integer.MAX_VALUE;
    private boolean createsTopics;
    private Hostility hostility = Hostility.NONE;
    private @Nullable SaslServer saslServer;

    public ModelCluster(EventHeap events, SimNetwork network, FateSource fates, List<VersionProfile> profiles) {
        this(USUAL_ID, events, network, fates, profiles);
    }

    /** A cluster with an id of its own. Its brokers have the same names as any other's: who comes last gets the calls (F42). */
    public ModelCluster(
            String id, EventHeap events, SimNetwork network, FateSource fates, List<VersionProfile> profiles) {
        this(events, network, fates, id, new ArrayList<>());
        for (VersionProfile profile : profiles) {
            var broker = new ModelBroker(this, brokers.size(), profile);
            brokers.add(broker);
            network.listen(broker.host(), PORT, broker);
        }
    }

    private ModelCluster(EventHeap events, SimNetwork network, FateSource fates, String id, List<String> violations) {
        this.events = events;
        this.network = network;
        this.fates = fates;
        this.id = id;
        this.violations = violations;
    }

    /** Another cluster with brokers and topics of the same names, where nobody of ours may write (I18). */
    ModelCluster foreign() {
        if (foreign == null) {
            foreign = new ModelCluster(events, network, fates, FOREIGN, violations);
            for (ModelBroker broker : brokers) {
                foreign.brokers.add(new ModelBroker(foreign, broker.id(), broker.profile()));
            }
            foreign.nextTopicId = FIRST_FOREIGN_TOPIC;
            topics.forEach(
                    topic -> foreign.addTopic(topic.name(), topic.partitions().size(), 0));
        }
        return foreign;
    }

    boolean isForeign() {
        return id.equals(FOREIGN);
    }

    /** Who sends messages here has read which cluster this is, and must not take another one for it. */
    void onProduce() {
        known = true;
    }

    /** Whether the client has read which cluster this is. */
    public boolean isKnown() {
        return known;
    }

    String id() {
        return id;
    }

    /** All brokers have new names and new addresses, and are not at the old ones any more; the names that a client was given follow (F43). */
    public void relocate() {
        moves++;
        brokers.forEach(broker -> network.leave(broker.host()));
        for (ModelBroker broker : brokers) {
            broker.cutAll();
            network.leave(seed(broker));
            network.listen(seed(broker), PORT, broker);
            broker.host(seed(broker) + "-" + moves);
            network.listen(broker.host(), PORT, broker);
        }
    }

    private static String seed(ModelBroker broker) {
        return "broker" + broker.id();
    }

    /** Makes a topic whose partitions are led by the brokers in turn; brokers begin to know it at that time. */
    public ModelTopic addTopic(String name, int partitionCount, long knownFromNanos) {
        return addTopic(name, knownFromNanos, partitionCount, index -> new SequenceUse());
    }

    private ModelTopic addTopic(
            String name, long knownFromNanos, int partitionCount, IntFunction<SequenceUse> sequenceUse) {
        var partitions = new ArrayList<ModelPartition>(partitionCount);
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(partition(name, i, sequenceUse.apply(i)));
        }
        var topic = new ModelTopic(name, new Uuid(7, nextTopicId++), knownFromNanos, partitions);
        topics.add(topic);
        return topic;
    }

    /** The topics with an odd number stamp what they append. */
    private ModelPartition partition(String topic, int index, SequenceUse sequenceUse) {
        boolean usesAppendTime = topic.endsWith("1");
        return new ModelPartition(
                index, brokers.get(index % brokers.size()).id(), 100L * index, usesAppendTime, sequenceUse);
    }

    /** Two brokers exchange their names: whoever goes by the old ones reaches the wrong node (F41, F42). Connections break. */
    public void exchangeAddresses(ModelBroker one, ModelBroker other) {
        exchangeNames(one, other);
        one.cutAll();
        other.cutAll();
    }

    /** Two brokers exchange their names, as when a name is looked up while it leads to somebody else: connections stay where they lead. */
    public void exchangeNames(ModelBroker one, ModelBroker other) {
        String name = one.host();
        one.host(other.host());
        other.host(name);
        network.listen(one.host(), PORT, one);
        network.listen(other.host(), PORT, other);
    }

    /** A broker has another name, and nobody listens under the old one any more. */
    public void rename(ModelBroker broker, String name) {
        network.listen(broker.host(), PORT, connection -> null);
        broker.host(name);
        network.listen(name, PORT, broker);
    }

    /** A topic is deleted, and made again under its name: another id, an empty log, leader epochs from 0 (F40). Gives the new one. */
    public ModelTopic recreate(ModelTopic old, int partitionCount) {
        delete(old);
        return again(old, partitionCount);
    }

    /** A topic that was deleted is made again under its name. */
    public ModelTopic again(ModelTopic old, int partitionCount) {
        List<ModelPartition> before = old.partitions();
        return addTopic(
                old.name(),
                0,
                partitionCount,
                index -> index < before.size() ? before.get(index).sequenceUse() : new SequenceUse());
    }

    /** A topic is no more; brokers do not create it by themselves. */
    public void delete(ModelTopic topic) {
        topics.remove(topic);
        deleted.add(topic);
    }

    /** Topics that somebody asks for, and that may be created for it, are (auto.create.topics.enable). */
    public void createTopics() {
        createsTopics = true;
    }

    boolean createsTopics() {
        return createsTopics;
    }

    /** What brokers do to their clients from now on. */
    public void hostility(Hostility now) {
        hostility = now;
    }

    /** Whoever connects from now on has to prove who they are. */
    public void saslServer(SaslServer server) {
        saslServer = server;
    }

    @Nullable
    SaslServer saslServer() {
        return saslServer;
    }

    Hostility hostility() {
        return hostility;
    }

    /** The largest batch that a topic takes from now on ({@code max.message.bytes}). */
    public void limitMessages(String topic, int bytes) {
        messageLimits.put(topic, bytes);
    }

    int messageLimit(String topic) {
        return messageLimits.getOrDefault(topic, Integer.MAX_VALUE);
    }

    /** A topic has one more partition from now on. */
    public void addPartition(ModelTopic topic) {
        topic.partitions().add(partition(topic.name(), topic.partitions().size(), new SequenceUse()));
    }

    /** What a producer connects to. */
    public String bootstrapServers() {
        return brokers.stream().map(broker -> seed(broker) + ":" + PORT).collect(Collectors.joining(","));
    }

    /** How many sessions there are, each of which needs one producer id. */
    public void expectSessions(int count) {
        sessions = count;
    }

    /** How often a message may be sent again after an error that passes; it counts as one that passes if the leader is not to blame. */
    public void expectRetries(int most) {
        history.expectRetries(most);
    }

    /** A broker is added, under an id that there was not. */
    public ModelBroker addBroker(VersionProfile profile) {
        var broker = new ModelBroker(this, brokers.size(), profile);
        brokers.add(broker);
        network.listen(broker.host(), PORT, broker);
        return broker;
    }

    /** Gives a partition another leader, or none. */
    public void move(ModelPartition partition, int leader) {
        partition.lead(leader, events.now());
        if (fates.forgets()) {
            partition.producers().forgetAllButTheLast();
        }
    }

    /** A producer id that nobody has. */
    long newProducerId() {
        if (nextProducerId >= FIRST_PRODUCER_ID + sessions) {
            fates.onTransition(Transition.ID_ASKED_AGAIN);
        }
        return nextProducerId++;
    }

    public List<ModelBroker> brokers() {
        return brokers;
    }

    public List<ModelTopic> topics() {
        return topics;
    }

    /** Whether all brokers tell the ids of topics (Metadata 10, KIP-516). */
    public boolean tellsTopicIds() {
        return brokers.stream().allMatch(broker -> broker.profile().knows(ApiKeys.METADATA, (short) 10));
    }

    /** The topics that are no more, with what was written to them. */
    public List<ModelTopic> deleted() {
        return deleted;
    }

    /** A broker told who leads the partitions of a topic. */
    void onTold(MetadataResponseData.MetadataResponseTopic topic) {
        for (MetadataResponseData.MetadataResponsePartition partition : topic.partitions()) {
            Integer before = toldLeaders.put(topic.name() + "/" + partition.partitionIndex(), partition.leaderId());
            if (before != null && before != partition.leaderId()) {
                fates.onTransition(Transition.LEADER_LEARNT);
            }
        }
    }

    BatchHistory history() {
        return history;
    }

    Acknowledgements acknowledgements() {
        return acknowledgements;
    }

    /** What clients sent that they must not send. */
    public List<String> violations() {
        return violations;
    }

    void violation(String what) {
        violations.add(what);
    }

    ModelBroker broker(int id) {
        return brokers.get(id);
    }

    @Nullable
    ModelTopic topic(String name) {
        return topics.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Nullable
    ModelTopic topic(Uuid id) {
        return topics.stream()
                .filter(topic -> topic.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** The brokers' wall clock, which does not jump, and is not the client's. */
    long brokerMillis() {
        return FIRST_MILLIS + TimeUnit.NANOSECONDS.toMillis(events.now());
    }

    EventHeap events() {
        return events;
    }

    FateSource fates() {
        return fates;
    }
}
