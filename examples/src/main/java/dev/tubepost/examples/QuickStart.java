package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;

/** The six lines: connect, make a producer, produce. Closing sends what is left, and throws if anything was not delivered. */
public final class QuickStart {

    private QuickStart() {}

    public static void main(String[] args) {
        try (var cluster = Cluster.connect(args[0]);
                var producer = cluster.topic("greetings")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            for (int i = 1; i <= 1_000; i++) {
                producer.produce("hello " + i);
            }
        }
        System.out.println("1000 messages are in the log");
    }
}
