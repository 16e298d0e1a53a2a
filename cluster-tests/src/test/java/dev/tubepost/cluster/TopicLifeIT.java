package dev.tubepost.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ProducerOptions;
import dev.tubepost.testkit.embedded.EmbeddedKafka;
import dev.tubepost.testkit.embedded.EmbeddedKafkaTest;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A topic that is changed under load, by a real cluster. */
@EmbeddedKafkaTest(brokers = 3, processes = true)
final class TopicLifeIT {

    private static final int PARTITIONS = 6;

    private final EmbeddedKafka kafka;

    TopicLifeIT(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void partitionsAreAddedUnderLoad() throws Exception {
        kafka.createTopic("grown", PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
        Collection<Sent> sent;
        try (Load load = Load.start(kafka.bootstrapServers(), "grown", PARTITIONS, durable())) {
            load.awaitMore(500);
            kafka.addPartitions("grown", PARTITIONS + 3);
            load.awaitMore(500);
            sent = load.finish();
        }
        assertThat(History.check(History.Promise.ONCE_AND_IN_ORDER, sent, Topics.read(kafka, "grown")))
                .isEmpty();
        assertThat(sent).allMatch(Sent::isDelivered);
    }

    /** What was delivered before went with the old topic (F40). In the new one nothing is twice or out of order, and no report is wrong. */
    @Test
    void aTopicIsDeletedAndCreatedAgainUnderLoad() throws Exception {
        kafka.createTopic("reborn", PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
        Collection<Sent> sent;
        Set<Sent> former;
        try (Load load = Load.start(kafka.bootstrapServers(), "reborn", PARTITIONS, durable())) {
            load.awaitMore(500);
            kafka.deleteTopic("reborn");
            kafka.createTopic("reborn", PARTITIONS, 3, Map.of("min.insync.replicas", "2"));
            load.awaitMore(500);
            former = new HashSet<>(load.sent());
            load.awaitMore(Math.toIntExact(former.size() - load.delivered()) + 1_000); // first what is on its way
            sent = load.finish();
        }
        List<Found> log = Topics.read(kafka, "reborn");
        assertThat(sent).allMatch(message -> message.reports() == 1);
        List<Sent> later = sent.stream().filter(each -> !former.contains(each)).toList();
        assertThat(later).hasSizeGreaterThan(500).allMatch(Sent::isDelivered);
        assertThat(History.check(History.Promise.ONCE_AND_IN_ORDER, later, log)).isEmpty();
        assertThat(History.check(History.Promise.REPORTED, sent, log)).isEmpty();
    }

    private static ProducerOptions durable() {
        return ProducerOptions.durable().batchBytes(4_096).build();
    }
}
