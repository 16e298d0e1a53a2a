package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;

/** produce returns when the message is acknowledged, and throws what went wrong. */
public final class Synchronous {

    private Synchronous() {}

    public static void main(String[] args) {
        ProducerOptions options = ProducerOptions.durable().sync(true).build();
        try (var cluster = Cluster.connect(args[0]);
                var producer = cluster.topic("one-by-one").producer(options, Serializers.utf8())) {
            Message<String, String> message = producer.produce("the only one");
            System.out.println("partition " + message.partition() + ", offset " + message.offset());
        }
    }
}
