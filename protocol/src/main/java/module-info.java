/** Kafka's wire format: messages, primitives, record batches. Pure: no I/O, no threads. */
module dev.tubepost.protocol {
    requires static org.jspecify;

    exports dev.tubepost.protocol;
}
