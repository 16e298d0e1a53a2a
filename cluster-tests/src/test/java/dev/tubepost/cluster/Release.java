package dev.tubepost.cluster;

import java.nio.file.Path;

/** A release of Kafka whose brokers we run. <em>Immutable.</em> */
enum Release {
    KAFKA_2_8("2.8", true),
    KAFKA_3_9("3.9", false),
    KAFKA_4_4("4.4", false);

    private final String name;
    private final boolean withZooKeeper;

    Release(String name, boolean withZooKeeper) {
        this.name = name;
        this.withZooKeeper = withZooKeeper;
    }

    /** Whether its brokers keep what they know of the cluster in ZooKeeper. */
    boolean isWithZooKeeper() {
        return withZooKeeper;
    }

    /** Its jars, which the modules under {@code releases/} put there. */
    String classPath() {
        return Path.of("releases", "kafka-" + name, "target", "lib").toAbsolutePath() + "/*";
    }
}
