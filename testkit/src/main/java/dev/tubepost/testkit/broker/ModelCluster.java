package dev.tubepost.testkit.broker;

import dev.tubepost.testkit.env.EventHeap;
import dev.tubepost.testkit.net.SimNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Several brokers and their topics. <em>Confined to the run's thread.</em> */
public final class ModelCluster {

    /** Between a message's text and what makes it larger. */
    public static final char PADDING = '|';

    static final String ID = "model-cluster";
    static final int PORT = 9092;

    private final EventHeap events;
    private final FateSource fates;
    private final List<ModelBroker> brokers = new ArrayList<>();
    private final List<ModelTopic> topics = new ArrayList<>();
    private long nextProducerId = 1_000;
    private final List<String> violations = new ArrayList<>();

    public ModelCluster(EventHeap events, SimNetwork network, FateSource fates, List<VersionProfile> profiles) {
        this.events = events;
        this.fates = fates;
        for (VersionProfile profile : profiles) {
            var broker = new ModelBroker(this, brokers.size(), profile);
            brokers.add(broker);
            network.listen(broker.host(), PORT, broker);
        }
    }

    /** Makes a topic whose partitions are led by the brokers in turn; brokers begin to know it at that time. */
    public ModelTopic addTopic(String name, int partitionCount, long knownFromNanos) {
        var partitions = new ArrayList<ModelPartition>(partitionCount);
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new ModelPartition(i, brokers.get(i % brokers.size()).id(), 100L * i));
        }
        var topic = new ModelTopic(name, new Uuid(7, topics.size() + 1L), knownFromNanos, List.copyOf(partitions));
        topics.add(topic);
        return topic;
    }

    /** What a producer connects to. */
    public String bootstrapServers() {
        return brokers.stream().map(broker -> broker.host() + ":" + PORT).collect(Collectors.joining(","));
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
        return nextProducerId++;
    }

    public List<ModelBroker> brokers() {
        return brokers;
    }

    public List<ModelTopic> topics() {
        return topics;
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

    EventHeap events() {
        return events;
    }

    FateSource fates() {
        return fates;
    }
}
