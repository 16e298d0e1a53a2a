package dev.tubepost.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured under a name. <em>Immutable.</em>
 *
 * @param name as on the command line and in the JSON file
 * @param title for people
 * @param kind what the clients do
 * @param target to whom they send
 * @param options of the client's process, see {@code bench/README.md}; what is not named is as everywhere
 * @param peers who else is measured, beside ours; always Apache's producer
 * @param isHeadline whether it gets the most turns
 */
record Scenario(
        String name,
        String title,
        Kind kind,
        Target target,
        Map<String, String> options,
        List<Peer> peers,
        boolean isHeadline) {

    /** What the server is told, and clients hear of by whom to trust. */
    static final String TLS = "tls";

    /** What the server is told: how long the last broker takes for an answer. */
    static final String SLOW_MILLIS = "slow-ms";

    /** What the clients do. */
    enum Kind {
        /** As many messages as they can. */
        LOAD,
        /** Messages at a fixed rate. */
        LATENCY,
        /** One message, from the start of the process. */
        START,
        /** A message for each partition, held back. */
        OPEN
    }

    /** To whom they send. */
    enum Target {
        /** A server that only acknowledges, in a process of its own: the client is the bottleneck. */
        ACKNOWLEDGE_ONLY("acknowledge-only server"),
        /** A real Kafka, in a process of its own, with its log in memory. */
        KAFKA("Kafka");

        private final String title;

        Target(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    static Scenario load(String name, String title) {
        return new Scenario(
                name, title, Kind.LOAD, Target.ACKNOWLEDGE_ONLY, Map.of(), List.of(Peer.KAFKA_CLIENTS), false);
    }

    static Scenario latency(String name, String title, int perSecond) {
        return load(name, title).as(Kind.LATENCY).with("rate", perSecond).with("linger-ms", 0);
    }

    Scenario as(Kind other) {
        return new Scenario(name, title, other, target, options, peers, isHeadline);
    }

    Scenario at(Target other) {
        return new Scenario(name, title, kind, other, options, peers, isHeadline);
    }

    Scenario with(String option, Object value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, value.toString());
        return new Scenario(name, title, kind, target, Map.copyOf(more), peers, isHeadline);
    }

    /** With another client beside. */
    Scenario beside(Peer peer) {
        List<Peer> more = new ArrayList<>(peers);
        more.add(peer);
        return new Scenario(name, title, kind, target, options, List.copyOf(more), isHeadline);
    }

    /** Ours against ours. */
    Scenario againstItself() {
        return new Scenario(name, title, kind, target, options, List.of(Peer.TUBEPOST_AGAIN), isHeadline);
    }

    Scenario headline() {
        return new Scenario(name, title, kind, target, options, peers, true);
    }

    /** Over TLS. */
    Scenario overTls() {
        return with(TLS, true);
    }

    boolean hasTls() {
        return options.containsKey(TLS);
    }

    /** Whether the last broker is slow; the latency is that of the first. */
    boolean hasSlowBroker() {
        return options.containsKey(SLOW_MILLIS);
    }

    int option(String option, int otherwise) {
        String value = options.get(option);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
