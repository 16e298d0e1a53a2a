package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A draft is for everything that not every message has: headers, a partition, a timestamp. */
public final class Headers {

    private Headers() {}

    public static void main(String[] args) {
        try (var cluster = Cluster.connect(args[0]);
                var events = cluster.topic("events")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            events.draft("{\"temperature\": 21.5}")
                    .key("sensor-7")
                    .timestamp(Instant.parse("2026-01-01T00:00:00Z"))
                    .partition(0)
                    .header("content-type", "application/json".getBytes(StandardCharsets.UTF_8))
                    .header("trace-id", "4bf92f3577b34da6".getBytes(StandardCharsets.UTF_8))
                    .produce();
        }
        System.out.println("one event with two headers is in partition 0");
    }
}
