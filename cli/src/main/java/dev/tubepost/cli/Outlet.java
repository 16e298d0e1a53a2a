package dev.tubepost.cli;

import dev.tubepost.Draft;
import dev.tubepost.Message;
import dev.tubepost.Producer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a parsed line goes. <em>Confined to the input thread.</em> */
@FunctionalInterface
interface Outlet {

    /** Hands a message over; blocks while there is no room. */
    void send(LineFormat.Fields fields);

    /**
     * A header that every message gets. <em>Immutable, provided that nobody writes into the array.</em>
     *
     * @param name the header's name
     * @param value its value
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Header(String name, byte[] value) {}

    /**
     * What every message gets besides key and value. <em>Immutable.</em>
     *
     * @param partition the partition, or null: the partitioner chooses
     * @param headers in this order
     */
    record Extras(@Nullable Integer partition, List<Header> headers) {

        static final Extras NONE = new Extras(null, List.of());

        public Extras {
            headers = List.copyOf(headers);
        }

        boolean isEmpty() {
            return partition == null && headers.isEmpty();
        }
    }

    /** The cheapest way to a producer: without a handle where no message has extras. */
    static Outlet to(Producer<byte[], byte[]> producer, Extras extras) {
        if (extras.isEmpty()) {
            return fields -> producer.post(fields.value(), fields.key());
        }
        return fields -> produce(producer, extras, fields);
    }

    /** A way to a producer that also writes every message into a ledger. */
    static Outlet recorded(Producer<byte[], byte[]> producer, Extras extras, Ledger ledger) {
        return fields -> ledger.add(produce(producer, extras, fields));
    }

    private static Message<byte[], byte[]> produce(
            Producer<byte[], byte[]> producer, Extras extras, LineFormat.Fields fields) {
        Draft<byte[], byte[]> draft = producer.draft(fields.value()).key(fields.key());
        if (extras.partition() != null) {
            draft.partition(extras.partition());
        }
        for (Header header : extras.headers()) {
            draft.header(header.name(), header.value());
        }
        return draft.produce();
    }
}
