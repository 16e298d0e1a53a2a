package dev.tubepost.bench.server;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Every topic that anybody asked for: it exists from then on. <em>Thread-safe.</em> */
final class ServedTopics {

    /** Distinguishes our topic ids from a real cluster's; the low half is the topic's number. */
    private static final long ID_HIGH_HALF = 0x7475_6265_706f_7374L;

    private final int partitions;
    private final ConcurrentHashMap<String, ServedTopic> byName = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<ServedTopic> byNumber = new CopyOnWriteArrayList<>();

    ServedTopics(int partitions) {
        this.partitions = partitions;
    }

    ServedTopic byName(String name) {
        ServedTopic topic = byName.get(name);
        return topic != null ? topic : byName.computeIfAbsent(name, this::create);
    }

    private synchronized ServedTopic create(String name) {
        var topic = new ServedTopic(name, new UUID(ID_HIGH_HALF, byNumber.size()), partitions);
        byNumber.add(topic);
        return topic;
    }

    @Nullable
    ServedTopic byId(UUID id) {
        long number = id.getLeastSignificantBits();
        boolean known = id.getMostSignificantBits() == ID_HIGH_HALF && number >= 0 && number < byNumber.size();
        return known ? byNumber.get((int) number) : null;
    }
}
