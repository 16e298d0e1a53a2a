package dev.tubepost.cli;

import dev.tubepost.Message;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was delivered, to compare it with what a consumer reads. <em>Confined to the input thread</em>, then, once that has ended, to the
 * main thread.
 *
 * <p>The partition of a message is known only when it is delivered. So the handles wait in the order of {@code produce}, which is the
 * order within each partition, until the oldest is done; their number and bytes are bounded.
 */
final class Ledger {

    private static final int MAX_WAITING = 50_000;
    private static final long MAX_WAITING_BYTES = 32 << 20;

    private final List<Outlet.Header> headers;
    private final ArrayDeque<Message<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Map<Integer, Fingerprint> delivered = new TreeMap<>();
    private final Map<Integer, Fingerprint> found = new TreeMap<>();
    private long waitingBytes;
    private long maybeWritten;

    /** A ledger of messages that all have these headers. */
    Ledger(List<Outlet.Header> headers) {
        this.headers = List.copyOf(headers);
    }

    /** A message was produced. Blocks while too many wait for their outcome. */
    void add(Message<byte[], byte[]> message) {
        waiting.add(message);
        waitingBytes += bytes(message);
        while (!waiting.isEmpty()
                && (waiting.getFirst().isDone() || waiting.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES)) {
            bookFirst();
        }
    }

    private void bookFirst() {
        Message<byte[], byte[]> first = waiting.removeFirst();
        waitingBytes -= bytes(first);
        first.delivered().handle((message, failure) -> message).join();
        if (first.failure() == null) {
            enter(delivered, first.partition(), first.key(), first.value());
        } else if (first.failure().maybeWritten()) {
            maybeWritten++;
        }
    }

    private void enter(Map<Integer, Fingerprint> book, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        Fingerprint print = book.computeIfAbsent(partition, id -> new Fingerprint());
        print.message(key, value, headers.size());
        headers.forEach(header -> print.header(header.name(), header.value()));
    }

    private static long bytes(Message<byte[], byte[]> message) {
        return Outcomes.bytes(message.key()) + Outcomes.bytes(message.value());
    }

    /** Books the rest; to be called when every message has its outcome. */
    void close() {
        while (!waiting.isEmpty()) {
            bookFirst();
        }
    }

    /** How many messages were delivered, as far as they are booked. */
    long messages() {
        return delivered.values().stream().mapToLong(Fingerprint::messages).sum();
    }

    /** Reads the topic, and compares it with what was delivered. */
    Receipt.ReadBack compareWith(EmbeddedBroker broker, String topic) {
        close();
        broker.readBack(topic, messages(), (partition, key, value, names, values) -> {
            Fingerprint print = found.computeIfAbsent(partition, id -> new Fingerprint());
            print.message(key, value, names.length);
            for (int i = 0; i < names.length; i++) {
                print.header(names[i], values[i]);
            }
        });
        return finding(found.values().stream().mapToLong(Fingerprint::messages).sum());
    }

    private Receipt.ReadBack finding(long read) {
        String text = String.format(Locale.ROOT, "read back %,d messages with the stock Kafka consumer: ", read);
        if (maybeWritten > 0) {
            text += "not compared, since " + maybeWritten + " failed that may have been written";
            return new Receipt.ReadBack(read, Receipt.ReadBack.Result.UNKNOWN, text);
        }
        String difference = difference();
        return difference == null
                ? new Receipt.ReadBack(read, Receipt.ReadBack.Result.EQUAL, text + "all equal")
                : new Receipt.ReadBack(read, Receipt.ReadBack.Result.DIFFERENT, text + difference);
    }

    private @Nullable String difference() {
        TreeSet<Integer> partitions = new TreeSet<>(delivered.keySet());
        partitions.addAll(found.keySet());
        for (int partition : partitions) {
            Fingerprint sent = delivered.getOrDefault(partition, new Fingerprint());
            Fingerprint read = found.getOrDefault(partition, new Fingerprint());
            if (sent.messages() != read.messages()) {
                return "partition " + partition + " has " + read.messages() + " messages instead of " + sent.messages();
            }
            if (!sent.sameContent(read)) {
                return "partition " + partition
                        + " has the right number of messages, but not the same ones in the same order";
            }
        }
        return null;
    }
}
