package dev.tubepost.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Partition;
import dev.tubepost.protocol.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a topic is asked for again. */
final class TopicInterestTest {

    private final TopicInterest interest = new TopicInterest();

    private static TopicView ledBy(int leader) {
        var partition = new Partition("topic", 0, leader, List.of(), List.of());
        return new TopicView("topic", TopicView.NO_ID, List.of(partition), List.of(1), TopicView.NOT_DOUBTED);
    }

    @Test
    void aRefusedTopicIsLeftAlone() {
        assertThat(interest.judge(ErrorCode.TOPIC_AUTHORIZATION_FAILED, null, 0))
                .isFalse();
        assertThat(interest.judge(ErrorCode.TOPIC_AUTHORIZATION_FAILED, ledBy(1), 0))
                .isFalse();
        assertThat(interest.refused).isTrue();
    }

    /** Messages for that partition may come, and nobody else would ask. */
    @Test
    void aRefusedTopicIsAskedForAgainWhileAPartitionHasNoLeader() {
        assertThat(interest.judge(ErrorCode.TOPIC_AUTHORIZATION_FAILED, ledBy(-1), 0))
                .isTrue();
        assertThat(interest.refused).isTrue();
        assertThat(interest.judge(ErrorCode.NONE, ledBy(1), 0)).isFalse();
        assertThat(interest.refused).isFalse();
    }

    @Test
    void anUnknownTopicIsRefusedAfterAWhileAndAskedForAsLongAsAPartitionHasNoLeader() {
        ErrorCode unknown = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        assertThat(interest.judge(unknown, null, 1)).isTrue();
        assertThat(interest.refused).isFalse();
        assertThat(interest.judge(unknown, null, 1 + ClusterActor.UNKNOWN_PATIENCE_NANOS))
                .isFalse();
        assertThat(interest.refused).isTrue();
        assertThat(interest.judge(unknown, ledBy(-1), 2 + ClusterActor.UNKNOWN_PATIENCE_NANOS))
                .isTrue();
    }
}
