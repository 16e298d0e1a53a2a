package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.Draft;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;
import java.util.concurrent.SubmissionPublisher;

/** A subscriber that asks its publisher for as much as there is room, so that nothing blocks and memory stays bounded. */
public final class Reactive {

    private Reactive() {}

    public static void main(String[] args) {
        try (var cluster = Cluster.connect(args[0]);
                var producer = cluster.topic("stream")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            try (var publisher = new SubmissionPublisher<Draft<String, String>>()) {
                publisher.subscribe(producer.subscriber());
                for (int i = 0; i < 10_000; i++) {
                    publisher.submit(producer.draft("element " + i)); // waits while the subscriber asks for nothing
                }
                while (publisher.estimateMaximumLag() > 0) {
                    Thread.onSpinWait(); // closing would not lose them, but we want to say that all were taken
                }
            }
            producer.flush();
        }
        System.out.println("10000 elements are in the log");
    }
}
