package dev.tubepost.internal.broker;

import dev.tubepost.internal.queue.PartitionQueue;
import java.util.ArrayList;
import java.util.List;

/** The queues of an owner that hold something or have something in flight. <em>Confined to the owner.</em> O(1) to add and remove. */
final class ActiveQueues {

    private final List<PartitionQueue> queues = new ArrayList<>();

    void add(PartitionQueue queue) {
        if (queue.lane.activeIndex < 0) {
            queues.add(queue); // first: there may be no memory for it
            queue.lane.activeIndex = queues.size() - 1;
        }
    }

    void remove(PartitionQueue queue) {
        int index = queue.lane.activeIndex;
        if (index < 0) {
            return;
        }
        assert queues.get(index) == queue : queue + " is counted elsewhere";
        PartitionQueue last = queues.remove(queues.size() - 1);
        if (last != queue) {
            queues.set(index, last);
            last.lane.activeIndex = index;
        }
        queue.lane.activeIndex = -1;
    }

    boolean isEmpty() {
        return queues.isEmpty();
    }

    int size() {
        return queues.size();
    }

    PartitionQueue get(int index) {
        return queues.get(index);
    }

    List<PartitionQueue> copy() {
        return List.copyOf(queues);
    }
}
