package dev.tubepost.bench.suite;

/** Who is measured. */
enum Peer {
    /** Our producer. */
    TUBEPOST("tubepost"),
    /** Our producer once more, under another name: what differs then is noise. */
    TUBEPOST_AGAIN("tubepost-again"),
    /** Apache's producer. */
    KAFKA_CLIENTS("kafka-clients"),
    /** The C library, if it is installed. */
    LIBRDKAFKA("librdkafka"),
    /** Batches that were encoded beforehand, written to the same socket: what no client can beat. */
    LIMIT("limit");

    private final String title;

    Peer(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
