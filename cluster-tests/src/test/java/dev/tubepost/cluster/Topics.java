package dev.tubepost.cluster;

import dev.tubepost.testkit.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is in a topic, as the stock consumer reads it. <em>Static, without state.</em> */
final class Topics {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Topics() {}

    static List<Found> read(EmbeddedKafka kafka, String topic) {
        List<Found> log = new ArrayList<>();
        kafka.forEach(
                topic,
                LONGEST,
                read -> log.add(new Found(read.partition(), read.offset(), String.valueOf(read.valueText()))));
        return log;
    }
}
