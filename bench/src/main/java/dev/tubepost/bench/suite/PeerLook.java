package dev.tubepost.bench.suite;

/**
 * How a client is told from the others, everywhere in the report: a colour (in {@code report.css}) and, for who sees no colours, a shape.
 * <em>Immutable.</em>
 *
 * @param css the class of what is drawn for it
 * @param marker the outline of its points, as an SVG path around 0,0
 * @param description what it is
 */
record PeerLook(String css, String marker, String description) {

    private static final String CIRCLE = "M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0z";
    private static final String SQUARE = "M-3.8,-3.8h7.6v7.6h-7.6z";
    private static final String DIAMOND = "M0,-5.2L5.2,0L0,5.2L-5.2,0z";
    private static final String TRIANGLE = "M0,-5.2L4.8,3.6L-4.8,3.6z";
    private static final String HOURGLASS = "M-4,-4.5L4,-4.5L-4,4.5L4,4.5z";

    static PeerLook of(Peer peer) {
        return switch (peer) {
            case TUBEPOST -> new PeerLook("peer-tubepost", CIRCLE, "this producer");
            case TUBEPOST_AGAIN ->
                new PeerLook("peer-tubepost-again", HOURGLASS, "this producer once more: what differs is noise");
            case KAFKA_CLIENTS -> new PeerLook("peer-kafka-clients", SQUARE, "Apache Kafka’s own producer");
            case LIBRDKAFKA -> new PeerLook("peer-librdkafka", DIAMOND, "the C library");
            case LIMIT ->
                new PeerLook(
                        "peer-limit",
                        TRIANGLE,
                        "batches encoded beforehand, written to the same socket: what no client can beat");
        };
    }
}
