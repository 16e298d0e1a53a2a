package dev.tubepost.cluster;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerOptions;
import dev.tubepost.UndeliveredException;
import dev.tubepost.serialize.Serializers;
import java.time.Duration;

/** Our producer. <em>Thread-safe.</em> */
final class TubepostClient implements Client {

    private final Cluster cluster;
    private final Producer<String, String> producer;

    TubepostClient(ClusterOptions cluster, String topic, ProducerOptions options) {
        this.cluster = Cluster.connect(cluster);
        this.producer = this.cluster.topic(topic).producer(options, Serializers.utf8());
    }

    @Override
    public void send(Sent message) {
        var unused = producer.draft(message.value())
                .partition(message.partition)
                .produce()
                .delivered()
                .whenComplete((delivered, thrown) -> {
                    if (thrown == null) {
                        message.delivered(delivered.offset());
                    } else {
                        message.failed(((DeliveryException) thrown).maybeWritten(), String.valueOf(thrown));
                    }
                });
    }

    @Override
    public boolean flush(Duration timeout) {
        return producer.flush(timeout);
    }

    @Override
    public void close() {
        try {
            cluster.close();
        } catch (UndeliveredException e) {
            // Each of these was reported, and whoever looks at the history sees it.
        }
    }
}
