package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.testkit.env.SimEnv;
import dev.tubepost.testkit.fault.Casualties;
import dev.tubepost.testkit.fault.Decisions;
import dev.tubepost.testkit.fault.Swarm;
import org.junit.jupiter.api.Test;

/** The check that a client's leaders never go back can fail. */
final class LeaderEpochsTest {

    private final SimEnv env = new SimEnv(1);
    private final Book book =
            new Book(env, 1, new UserCode(env, new Decisions(0, Swarm.none(), null), new Casualties(), true));
    private final LeaderEpochs epochs = new LeaderEpochs(book);

    @Test
    void anOlderLeaderIsFound() {
        epochs.onLeader("id", "topic", 0, 3);
        epochs.onLeader("id", "topic", 0, 4);
        assertThat(book.problems()).isEmpty();
        epochs.onLeader("id", "topic", 0, 3);
        assertThat(book.problems()).containsExactly("the leader of topic/0 was of epoch 4, and is of epoch 3 now");
    }

    @Test
    void anotherTopicOfTheSameNameAndAnotherPartitionBeginAnew() {
        epochs.onLeader("id", "topic", 0, 7);
        epochs.onLeader("other", "topic", 0, 0);
        epochs.onLeader("id", "topic", 1, 0);
        epochs.onLeader("id", "topic", 0, -1);
        assertThat(book.problems()).isEmpty();
    }
}
