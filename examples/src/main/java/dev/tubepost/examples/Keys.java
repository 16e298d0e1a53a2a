package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.Message;
import dev.tubepost.ProducerOptions;
import dev.tubepost.partition.Murmur2Partitioner;
import dev.tubepost.partition.Partitioner;
import dev.tubepost.serialize.Serializers;
import java.util.ArrayList;
import java.util.List;

/** Messages with the same key go to the same partition; which one is the partitioner's choice. */
public final class Keys {

    private Keys() {}

    public static void main(String[] args) {
        // The same partitions as KafkaProducer chooses for the same keys.
        ProducerOptions asKafka = ProducerOptions.durable()
                .partitionerFactory(Murmur2Partitioner::new)
                .build();
        // One of our own: it is called in the thread of produce, once the partitions are known.
        Partitioner byFirstByte = (partitions, key) ->
                partitions.get(key == null || key.length == 0 ? 0 : (key[0] & 0xFF) % partitions.size());
        ProducerOptions own =
                ProducerOptions.durable().partitionerFactory(() -> byFirstByte).build();

        try (var cluster = Cluster.connect(args[0]);
                var users = cluster.topic("users").producer(asKafka, Serializers.utf8());
                var orders = cluster.topic("orders").producer(own, Serializers.utf8())) {
            List<Message<String, String>> messages = new ArrayList<>();
            for (String name : List.of("ada", "barbara", "grace", "ada")) {
                messages.add(users.produce("seen", name));
                messages.add(orders.produce("ordered", name));
            }
            users.flush();
            orders.flush();
            messages.forEach(message ->
                    System.out.println(message.topic() + " " + message.key() + " -> partition " + message.partition()));
        }
    }
}
