package dev.tubepost.internal.broker;

import dev.tubepost.internal.queue.Lane;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The queues of which something can be sent now, in the order in which they take their turns; each is in it once. <em>Confined to the
 * owner.</em> O(1) whatever is done: the links are in the {@link Lane}s, so that a queue that moves away can be taken out of the middle.
 */
final class ReadyRing {

    private @Nullable PartitionQueue first;
    private @Nullable PartitionQueue last;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The next to take its turn. */
    PartitionQueue first() {
        if (first == null) {
            throw new NoSuchElementException("nothing is ready");
        }
        return first;
    }

    /** Puts the queue at the end, if it is not in the ring. */
    void add(PartitionQueue queue) {
        if (queue.lane.inReady) {
            return;
        }
        queue.lane.inReady = true;
        queue.lane.readyBefore = last;
        if (last == null) {
            first = queue;
        } else {
            last.lane.readyAfter = queue;
        }
        last = queue;
        size++;
    }

    /** Takes the queue out, if it is in the ring. */
    void remove(PartitionQueue queue) {
        Lane lane = queue.lane;
        if (!lane.inReady) {
            return;
        }
        if (lane.readyBefore == null) {
            first = lane.readyAfter;
        } else {
            lane.readyBefore.lane.readyAfter = lane.readyAfter;
        }
        if (lane.readyAfter == null) {
            last = lane.readyBefore;
        } else {
            lane.readyAfter.lane.readyBefore = lane.readyBefore;
        }
        lane.readyBefore = null;
        lane.readyAfter = null;
        lane.inReady = false;
        size--;
    }

    void clear() {
        while (first != null) {
            remove(first);
        }
    }
}
