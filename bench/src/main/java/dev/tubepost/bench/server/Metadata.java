package dev.tubepost.bench.server;

import dev.tubepost.protocol.WireReader;
import dev.tubepost.protocol.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers Metadata 1-13: every topic exists; the partitions go round the brokers, which are this process's ports. <em>Immutable.</em> */
final class Metadata {

    private static final int NOT_ASKED_FOR = Integer.MIN_VALUE;

    private final List<Integer> ports;
    private final String host;
    private final ServedTopics topics;

    Metadata(List<Integer> ports, String host, ServedTopics topics) {
        this.ports = ports;
        this.host = host;
        this.topics = topics;
    }

    void answer(int version, WireReader request, WireWriter to) {
        List<ServedTopic> asked = new ArrayList<>();
        for (int left = request.arrayLength("topics", 2); left > 0; left--) {
            ServedTopic topic = topic(version, request);
            if (topic != null) {
                asked.add(topic);
            }
        }
        if (version >= 3) {
            to.int32(0); // throttle time
        }
        writeBrokers(to);
        if (version >= 2) {
            to.string("acknowledge-only");
        }
        to.int32(0); // controller
        to.arrayLength(asked.size());
        asked.forEach(topic -> writeTopic(version, topic, to));
        if (version >= 8 && version <= 10) {
            to.int32(NOT_ASKED_FOR);
        }
        if (version >= 13) {
            to.int16(0);
        }
        to.noTags();
    }

    private @Nullable ServedTopic topic(int version, WireReader reader) {
        UUID id = version >= 10 ? reader.uuid() : null;
        String name = version >= 10 ? reader.nullableString("name") : reader.string("name");
        reader.skipTags();
        if (name != null) {
            return topics.byName(name);
        }
        return id == null ? null : topics.byId(id);
    }

    private void writeBrokers(WireWriter to) {
        to.arrayLength(ports.size());
        for (int node = 0; node < ports.size(); node++) {
            to.int32(node);
            to.string(host);
            to.int32(ports.get(node));
            to.string(null); // rack
            to.noTags();
        }
    }

    private void writeTopic(int version, ServedTopic topic, WireWriter to) {
        to.int16(0);
        to.string(topic.name);
        if (version >= 10) {
            to.uuid(topic.id);
        }
        to.bool(false); // internal
        to.arrayLength(topic.partitions());
        for (int partition = 0; partition < topic.partitions(); partition++) {
            writePartition(version, partition, to);
        }
        if (version >= 8) {
            to.int32(NOT_ASKED_FOR);
        }
        to.noTags();
    }

    private void writePartition(int version, int partition, WireWriter to) {
        int leader = partition % ports.size();
        to.int16(0);
        to.int32(partition);
        to.int32(leader);
        if (version >= 7) {
            to.int32(0); // leader epoch
        }
        for (int list = 0; list < 2; list++) { // replicas, in-sync replicas
            to.arrayLength(1);
            to.int32(leader);
        }
        if (version >= 5) {
            to.arrayLength(0); // offline replicas
        }
        to.noTags();
    }
}
