package dev.tubepost.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.MetadataResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ViewUpdateTest {

    private static final UUID ID = new UUID(7, 1);
    private static final UUID OTHER_ID = new UUID(7, 2);
    private static final long SECOND = 1_000_000_000L;

    @Test
    void aShorterListOfTheSameTopicTakesNothingAway() { // F35, F37
        ClusterView now = told(told(ClusterView.EMPTY, topic(ID, 4, 4, 4)), topic(ID, 5));
        assertThat(topic(now).partitions()).hasSize(3);
        assertThat(topic(now).leaderEpochs()).containsExactly(5, 4, 4);
        assertThat(topic(now).isDoubted()).isTrue();
    }

    @Test
    void aListWithAGapIsAShorterOne() {
        List<MetadataResponse.Partition> gap =
                new ArrayList<>(topic(ID, 4, 4, 4).partitions());
        gap.remove(1);
        var holed = new MetadataResponse.Topic(ErrorCode.NONE.code(), "topic", ID, false, gap);
        ClusterView now = told(told(ClusterView.EMPTY, topic(ID, 4, 4, 4)), holed);
        assertThat(topic(now).partitions()).hasSize(3);
    }

    @Test
    void aShorterListOfATopicThatWasCreatedAgainIsTaken() {
        ClusterView now = told(told(ClusterView.EMPTY, topic(ID, 4, 4, 4)), topic(OTHER_ID, 0));
        assertThat(topic(now).partitions()).hasSize(1);
    }

    @Test
    void aShorterListIsTakenFromBrokersWithoutIds() { // they cannot tell that the topic was created again
        ClusterView now = told(told(ClusterView.EMPTY, topic(TopicView.NO_ID, 4, 4)), topic(TopicView.NO_ID, 4));
        assertThat(topic(now).partitions()).hasSize(1);
    }

    /** As while a cluster is upgraded from a release without ids, broker by broker (F34). */
    @Test
    void olderLeadersAreNotBelievedWhereSomeBrokersTellIdsAndOthersDoNot() {
        ClusterView now = told(ClusterView.EMPTY, topic(ID, 4));
        now = told(now, topic(TopicView.NO_ID, 3));
        assertThat(topic(now).leaderEpochs()).containsExactly(4);
        now = told(now, topic(ID, 3));
        assertThat(topic(now).leaderEpochs()).containsExactly(4);
        assertThat(topic(now).isDoubted()).isTrue();
        now = told(now, topic(ID, 5));
        assertThat(topic(now).leaderEpochs()).containsExactly(5);
    }

    /** It may have been created again: whoever tells no id cannot say so. */
    @Test
    void olderLeadersAreBelievedInTheEndOfBrokersThatTellNoIds() {
        ClusterView now = told(told(ClusterView.EMPTY, topic(ID, 4), SECOND), topic(TopicView.NO_ID, 0), 2 * SECOND);
        assertThat(topic(now).leaderEpochs()).containsExactly(4);
        now = told(now, topic(TopicView.NO_ID, 0), 2 * SECOND + ViewUpdate.DOUBT_NANOS);
        assertThat(topic(now).leaderEpochs()).containsExactly(0);
    }

    @Test
    void aHintIsForTheTopicThatWasProducedToAndNotForTheNextOfThatName() { // F40
        ClusterView now = told(ClusterView.EMPTY, topic(OTHER_ID, 0));
        assertThat(ViewUpdate.withLeaders(now, List.of(hint(ID, 0, 2, 9)))).isSameAs(now);
        assertThat(topic(ViewUpdate.withLeaders(now, List.of(hint(OTHER_ID, 0, 2, 9))))
                        .leader(0))
                .isEqualTo(2);
    }

    @Test
    void aHintThatIsNotNewerIsIgnored() {
        ClusterView now = told(ClusterView.EMPTY, topic(ID, 4));
        assertThat(ViewUpdate.withLeaders(now, List.of(hint(ID, 0, 2, 4), hint(ID, 1, 2, 9))))
                .isSameAs(now);
    }

    @Test
    void theHintsOfAReplyMakeOneView() { // F46
        ClusterView before = told(ClusterView.EMPTY, topic(ID, 4, 4, 4));
        ClusterView now = ViewUpdate.withLeaders(
                before, List.of(hint(ID, 0, 2, 5), hint(ID, 2, 3, 7), hint(ID, 2, 2, 6), hint(ID, 1, 3, 4)));
        assertThat(topic(now).leaderEpochs()).containsExactly(5, 4, 7);
        assertThat(topic(now).leader(0)).isEqualTo(2);
        assertThat(topic(now).leader(2)).isEqualTo(3);
        assertThat(now.nodes()).containsKeys(1, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, good, 9092",
        "2, '', 9092",
        "2, -1, 9092",
        "2, good, 0",
        "2, good, -9092",
        "2, good, 70000",
        "2, 'two words', 9092",
        "2, who@where, 9092",
        "2, a/b, 9092",
        "2, 'a\uFFFDb', 9092",
        "2, 'a?b', 9092",
        "1, another, 9092"
    })
    void aBrokerThatCannotBeThereIsLeftOutAndTheRestIsTaken(int id, String host, int port) { // F31
        var brokers = List.of(
                new MetadataResponse.Broker(1, "one", 9092, null),
                new MetadataResponse.Broker(id, host, port, null),
                new MetadataResponse.Broker(3, "three", 9092, null));
        assertThat(told(brokers).nodes())
                .containsOnly(Map.entry(1, new Node(1, "one", 9092)), Map.entry(3, new Node(3, "three", 9092)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka-1.example.com", "10.0.0.1", "::1", "fe80::1%eth0", "kafka_1", "KAFKA"})
    void whateverKafkaCanAdvertiseIsTaken(String host) {
        var brokers = List.of(new MetadataResponse.Broker(0, host, 65_535, null));
        assertThat(told(brokers).nodes()).containsOnly(Map.entry(0, new Node(0, host, 65_535)));
    }

    @Test
    void aListOfTopicsHasNoNameThatATerminalWouldObey() { // F32
        var partition =
                new MetadataResponse.Partition(ErrorCode.NONE.code(), 0, 1, 0, List.of(1), List.of(1), List.of());
        var topic =
                new MetadataResponse.Topic(ErrorCode.NONE.code(), "a\u001b[2J\u202eb", ID, false, List.of(partition));
        var answer = new MetadataResponse(0, List.of(), "cluster", 1, List.of(topic), ErrorCode.NONE.code());
        assertThat(ViewUpdate.listing(answer).get(0).topic()).isEqualTo("a?[2J?b");
    }

    private static ClusterView told(List<MetadataResponse.Broker> brokers) {
        var answer = new MetadataResponse(0, brokers, "cluster", -1, List.of(), ErrorCode.NONE.code());
        return ViewUpdate.merge(ClusterView.EMPTY, answer, "one:9092", Set.of("topic"), SECOND);
    }

    private static ClusterView told(ClusterView before, MetadataResponse.Topic topic) {
        return told(before, topic, SECOND);
    }

    private static ClusterView told(ClusterView before, MetadataResponse.Topic topic, long nowNanos) {
        var brokers = List.of(new MetadataResponse.Broker(1, "one", 9092, null));
        var answer = new MetadataResponse(0, brokers, "cluster", 1, List.of(topic), ErrorCode.NONE.code());
        return ViewUpdate.merge(before, answer, "one:9092", Set.of("topic"), nowNanos);
    }

    /** Led by broker 1, by those epochs. */
    private static MetadataResponse.Topic topic(UUID id, int... epochs) {
        var partitions = new ArrayList<MetadataResponse.Partition>();
        for (int epoch : epochs) {
            partitions.add(new MetadataResponse.Partition(
                    ErrorCode.NONE.code(), partitions.size(), 1, epoch, List.of(1), List.of(1), List.of()));
        }
        return new MetadataResponse.Topic(ErrorCode.NONE.code(), "topic", id, false, partitions);
    }

    private static LeaderHint hint(UUID id, int partition, int leader, int epoch) {
        return new LeaderHint("topic", id, partition, leader, epoch, new Node(leader, "host" + leader, 9092));
    }

    private static TopicView topic(ClusterView view) {
        return Objects.requireNonNull(view.topic("topic"));
    }
}
