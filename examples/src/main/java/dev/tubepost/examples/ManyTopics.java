package dev.tubepost.examples;

import dev.tubepost.Cluster;
import dev.tubepost.ProducerOptions;
import dev.tubepost.serialize.Serializers;
import java.time.Duration;

/** A session: many topics that share one memory bound, one connection per broker, and one flush. */
public final class ManyTopics {

    private ManyTopics() {}

    public static void main(String[] args) {
        try (var cluster = Cluster.connect(args[0]);
                var session = cluster.session(ProducerOptions.durable().build())) {
            var clicks = session.producer(cluster.topic("clicks"), Serializers.utf8());
            var sales = session.producer(cluster.topic("sales"), Serializers.utf8());
            clicks.produce("/home", "visitor 1");
            clicks.produce("/cart", "visitor 1");
            sales.produce("3 apples", "visitor 1");
            boolean all = session.flush(Duration.ofSeconds(10));
            System.out.println(all ? "all acknowledged" : "not all acknowledged within 10 s");
        }
    }
}
