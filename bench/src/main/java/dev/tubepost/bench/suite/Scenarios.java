package dev.tubepost.bench.suite;

import dev.tubepost.bench.suite.Scenario.Kind;
import dev.tubepost.bench.suite.Scenario.Target;
import java.util.List;

/**
 * All scenarios, in the order in which they run: those to a real Kafka one after the other, since it is started, and warmed up, once for these. Unless
 * they say otherwise: values of 100 bytes, no keys, one caller, six partitions that take turns, acks all, idempotent, linger 5 ms, batches of 128 KiB,
 * 64 MiB of memory, a handle or future for each message.
 */
final class Scenarios {

    /** At most this many: a list that nobody reads to its end measures nothing. */
    static final int LIMIT = 25;

    private static final int SLOW_RATE = 2_000;
    private static final int FAST_RATE = 20_000;
    private static final int MANY = 10_000;

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.load("ack-100", "100 bytes, one caller")
                        .with("messages", 3_000_000)
                        .beside(Peer.LIBRDKAFKA)
                        .beside(Peer.LIMIT)
                        .headline(),
                Scenario.load("ack-100-callers-4", "100 bytes, four callers")
                        .with("callers", 4)
                        .with("messages", 3_000_000)
                        .headline(),
                Scenario.load("ack-1000", "1,000 bytes, one caller")
                        .with("size", 1000)
                        .beside(Peer.LIMIT)
                        .headline(),
                Scenario.load("ack-1000-callers-4", "1,000 bytes, four callers")
                        .with("size", 1000)
                        .with("callers", 4)
                        .headline(),
                Scenario.load("tls-100", "100 bytes, over TLS").overTls(),
                Scenario.load("defaults-100", "100 bytes, each client as its makers advise")
                        .with("defaults", true),
                Scenario.load("post-100", "100 bytes, no handle for each message")
                        .with("mode", "post"),
                Scenario.load(
                                "futures-keys-headers-100",
                                "100 bytes, a key of 16 bytes, two headers, a callback on each message's future")
                        .with("mode", "futures")
                        .with("key-bytes", 16)
                        .with("headers", 2)
                        .with("messages", 500_000),
                Scenario.load("sticky-100", "100 bytes, sticky partitioner").with("partitioner", "sticky"),
                Scenario.load("partitions-100", "100 partitions").with("partitions", 100),
                Scenario.load("partitions-1000", "1,000 partitions")
                        .with("partitions", 1_000)
                        .with("messages", 1_000_000),
                Scenario.load("partitions-10000", "10,000 partitions")
                        .with("partitions", MANY)
                        .with("messages", 500_000),
                codec("lz4", 0).with("messages", 200_000),
                codec("snappy", 0).with("messages", 200_000),
                codec("zstd", 3).with("messages", 100_000),
                codec("gzip", 6).with("messages", 50_000),
                Scenario.load(
                                "zstd-own-level",
                                "JSON of 1,000 bytes, zstd at each client's own level: ours 1, kafka-clients 3")
                        .with("size", 1000)
                        .with("compression", "zstd")
                        .with("messages", 100_000),
                Scenario.latency("latency-2000", "latency at 2,000 messages a second", SLOW_RATE),
                Scenario.latency("latency-20000", "latency at 20,000 messages a second", FAST_RATE),
                Scenario.load("kafka-100", "100 bytes, real Kafka on the same cores")
                        .at(Target.KAFKA)
                        .with("messages", 1_000_000)
                        .beside(Peer.LIMIT)
                        .headline(),
                Scenario.latency("kafka-latency-2000", "latency at 2,000 messages a second, real Kafka", SLOW_RATE)
                        .at(Target.KAFKA),
                Scenario.latency("kafka-latency-20000", "latency at 20,000 messages a second, real Kafka", FAST_RATE)
                        .at(Target.KAFKA),
                Scenario.latency("slow-broker", "latency at a fast broker beside one that takes 20 ms", SLOW_RATE)
                        .with("brokers", 2)
                        .with("slow-ms", 20),
                Scenario.load("start", "from the start of the process to the first acknowledgement")
                        .as(Kind.START)
                        .headline(),
                Scenario.load("open-partitions", "memory with 10,000 open partitions")
                        .as(Kind.OPEN)
                        .with("partitions", MANY)
                        .with("batch-bytes", 16 << 10)
                        .with("buffer-bytes", 256 << 20)
                        .with("linger-ms", 60_000));
    }

    private static Scenario codec(String codec, int level) {
        Scenario scenario = Scenario.load(
                        codec, "JSON of 1,000 bytes, " + codec + (level == 0 ? "" : ", level " + level))
                .with("size", 1000)
                .with("compression", codec);
        return level == 0 ? scenario : scenario.with("level", level);
    }
}
