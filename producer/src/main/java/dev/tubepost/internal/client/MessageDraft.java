package dev.tubepost.internal.client;

import dev.tubepost.Draft;
import dev.tubepost.Message;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.protocol.RecordHeader;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message in the making. <em>Confined to one thread until produced.</em> */
final class MessageDraft<K, V> implements Draft<K, V> {

    private static final RecordHeader[] NO_HEADERS = {};

    private final ClientProducer<K, V> producer;
    private final @Nullable Object keeper;
    private final @Nullable V value;
    private @Nullable K key;
    private @Nullable Instant timestamp;
    private int partition = -1;
    private RecordHeader[] headers = NO_HEADERS;
    private boolean produced;

    /**
     * @param keeper what must not be taken for dropped before the draft is; null for nothing
     */
    MessageDraft(ClientProducer<K, V> producer, @Nullable Object keeper, @Nullable V value) {
        this.producer = producer;
        this.keeper = keeper;
        this.value = value;
    }

    @Override
    public Draft<K, V> key(@Nullable K theKey) {
        key = theKey;
        return this;
    }

    @Override
    public Draft<K, V> timestamp(@Nullable Instant theTimestamp) {
        timestamp = theTimestamp;
        return this;
    }

    @Override
    public Draft<K, V> partition(int thePartition) {
        if (thePartition < 0) {
            throw new IllegalArgumentException("a partition's number is 0 or more, not " + thePartition);
        }
        partition = thePartition;
        return this;
    }

    @Override
    public Draft<K, V> header(String name, byte @Nullable [] headerValue) {
        Objects.requireNonNull(name, "a header needs a name");
        headers = Arrays.copyOf(headers, headers.length + 1);
        headers[headers.length - 1] = RecordHeader.of(name, headerValue);
        return this;
    }

    @Override
    public Message<K, V> produce() {
        once();
        try {
            return producer.produce(this);
        } catch (ProducerQueueFullException e) {
            produced = false; // nothing was queued, and there may be room later
            throw e;
        } finally {
            Reference.reachabilityFence(keeper);
        }
    }

    @Override
    public @Nullable Message<K, V> tryProduce() {
        return tryProduce(producer.ownReports());
    }

    /** @param reports where the report goes; null if there is to be none */
    @Nullable
    Message<K, V> tryProduce(@Nullable ReportQueue<K, V> reports) {
        once();
        Message<K, V> message = null;
        try {
            message = producer.tryProduce(this, reports);
        } finally {
            produced = message != null;
            Reference.reachabilityFence(keeper);
        }
        return message;
    }

    private void once() {
        if (produced) {
            throw new IllegalStateException("this draft was produced already: make another");
        }
        produced = true;
    }

    ClientProducer<K, V> producer() {
        return producer;
    }

    @Nullable
    V value() {
        return value;
    }

    @Nullable
    K key() {
        return key;
    }

    @Nullable
    Instant timestamp() {
        return timestamp;
    }

    int partition() {
        return partition;
    }

    RecordHeader[] headers() {
        return headers;
    }
}
