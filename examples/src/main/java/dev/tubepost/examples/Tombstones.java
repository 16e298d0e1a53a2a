package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.ProducerOptions;
import dev.tubepost.partition.Murmur2Partitioner;
import dev.tubepost.serialize.Serializers;

/** A null value deletes a key from a compacted topic. It is not the same as an empty one. */
public final class Tombstones {

    private Tombstones() {}

    public static void main(String[] args) {
        ProducerOptions options = ProducerOptions.durable()
                .partitionerFactory(Murmur2Partitioner::new)
                .build();
        try (var cluster = Cluster.connect(args[0]);
                var accounts = cluster.topic("accounts").producer(options, Serializers.utf8())) {
            accounts.produce("active", "ada");
            accounts.produce("", "barbara"); // known, with nothing to say
            accounts.produce(null, "ada"); // forgotten
        }
        System.out.println("ada is deleted, barbara is empty");
    }
}
