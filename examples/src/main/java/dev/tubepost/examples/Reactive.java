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
        long produced;
        try (var cluster = Cluster.connect(args[0]);
                var producer = cluster.topic("stream")
                        .producer(ProducerOptions.durable().build(), Serializers.utf8())) {
            var subscriber = producer.subscriber();
            try (var publisher = new SubmissionPublisher<Draft<String, String>>()) {
                publisher.subscribe(subscriber);
                for (int i = 0; i < 10_000; i++) {
                    publisher.submit(producer.draft("element " + i)); // waits while the subscriber asks for nothing
                }
            }
            produced = subscriber
                    .produced()
                    .join(); // waits for those for which there was no room yet; throws if one could not be produced
        }
        System.out.println(produced + " elements are in the log"); // or closing the producer would have thrown
    }
}
