package dev.tubepost.testkit.sim;

import dev.tubepost.internal.client.LeaderWatch;
import java.util.HashMap;
import java.util.Map;

/**
 * Looks whether the client ever believes in an older leader than before (I17). <em>Used by whoever holds the baton.</em> Of a topic without an id, from
 * brokers before 2.8, nothing is expected: it may be another one of the same name, whose epochs begin anew.
 */
final class LeaderEpochs implements LeaderWatch {

    /** How a topic without an id is called. */
    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    private final Book book;
    private final Map<String, Integer> newest = new HashMap<>();

    LeaderEpochs(Book book) {
        this.book = book;
    }

    @Override
    public void onLeader(String topicId, String topic, int partition, int epoch) {
        if (!topicId.equals(NO_ID) && epoch >= 0) {
            int before = newest.merge(topicId + "/" + partition, epoch, Math::max);
            book.expect(
                    before == epoch,
                    () -> "the leader of " + topic + "/" + partition + " was of epoch " + before + ", and is of epoch "
                            + epoch + " now");
        }
    }
}
