package dev.tubepost.bench.limit;

import dev.tubepost.bench.load.Values;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends rounds of batches that were encoded beforehand to a topic's leaders, one batch to each partition in turn. <em>Confined to</em> the thread
 * that opened it, which does everything.
 */
final class LimitClient implements AutoCloseable {

    /** More than what stands around all batches and around each. */
    private static final int REQUEST_OVERHEAD_BYTES = 1 << 10;

    private static final int BATCH_OVERHEAD_BYTES = 16;

    private static final long PATIENCE_MILLIS = 60_000;

    private final LimitOptions options;
    private final TopicLayout topic;
    private final ProducerIdentity producer;
    private final Selector selector;
    private final EncodedRecords records;
    private final List<SequencedBatch> batches = new ArrayList<>();
    private final int batchesInRound;
    private final Map<BrokerConnection, Share> shares = new LinkedHashMap<>();

    private LimitClient(LimitOptions options, TopicLayout topic, ProducerIdentity producer, Selector selector) {
        this.options = options;
        this.topic = topic;
        this.producer = producer;
        this.selector = selector;
        this.records = EncodedRecords.fill(Values.lines(Values.DIFFERENT, options.size()), options.batchBytes());
        this.batchesInRound = (options.messages() - 1) / records.count() + 1;
        long now = System.currentTimeMillis();
        SequencedBatch first = null;
        for (int partition = 0; partition < topic.partitions(); partition++) {
            var batch = new SequencedBatch(partition, records, producer, now, first);
            first = first == null ? batch : first;
            batches.add(batch);
        }
    }

    /** Asks where the topic is, connects to its leaders and encodes what will be sent. */
    static LimitClient open(LimitOptions options) throws IOException {
        TopicLayout topic;
        ProducerIdentity producer;
        try (Handshake handshake = Handshake.connect(options.bootstrap())) {
            topic = handshake.topic(options.topic());
            producer = options.idempotent() ? handshake.producerIdentity() : ProducerIdentity.NONE;
        }
        if (options.partitions() != 0 && options.partitions() != topic.partitions()) {
            throw new IOException(
                    options.topic() + " has " + topic.partitions() + " partitions, not " + options.partitions());
        }
        var client = new LimitClient(options, topic, producer, Selector.open());
        try {
            client.connect();
        } catch (Throwable e) {
            client.close();
            throw e;
        }
        return client;
    }

    private void connect() throws IOException {
        Map<InetSocketAddress, List<SequencedBatch>> led = new LinkedHashMap<>();
        for (SequencedBatch batch : batches) {
            led.computeIfAbsent(topic.leaders().get(batch.partition()), broker -> new ArrayList<>())
                    .add(batch);
        }
        int cycles = batchesInRound / batches.size();
        int rest = batchesInRound % batches.size();
        for (Map.Entry<InetSocketAddress, List<SequencedBatch>> leader : led.entrySet()) {
            List<SequencedBatch> all = leader.getValue();
            List<SequencedBatch> last =
                    all.stream().filter(batch -> batch.partition() < rest).toList();
            shares.put(
                    new BrokerConnection(leader.getKey(), selector, options.acks() != 0),
                    new Share(requests(all), cycles, requests(last)));
        }
    }

    /** As few requests as the bound of their size allows, and then about equally large ones. */
    private List<EncodedRequest> requests(List<SequencedBatch> all) {
        int most = mostInRequest();
        int count = (all.size() + most - 1) / most;
        List<EncodedRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) all.size() * i / count);
            int to = (int) ((long) all.size() * (i + 1) / count);
            requests.add(new EncodedRequest(topic, all.subList(from, to), options.acks()));
        }
        return requests;
    }

    private int mostInRequest() {
        int each = batches.get(0).bytes() + BATCH_OVERHEAD_BYTES;
        return Math.max(1, (options.maxRequestBytes() - REQUEST_OVERHEAD_BYTES) / each);
    }

    private int largestRequest() {
        return shares.values().stream()
                .flatMap(share -> share.cycle().stream())
                .mapToInt(EncodedRequest::batchCount)
                .max()
                .orElse(0);
    }

    /** How many messages a round has: as told, and as many more as fill the last batch. */
    long messagesInRound() {
        return (long) batchesInRound * records.count();
    }

    /** Sends a round, until everything is acknowledged. */
    void round() throws IOException {
        int open = 0;
        for (Map.Entry<BrokerConnection, Share> entry : shares.entrySet()) {
            entry.getKey().begin(entry.getValue());
            open += entry.getKey().isDone() ? 0 : 1;
        }
        while (open > 0) {
            if (selector.select(PATIENCE_MILLIS) == 0) {
                throw new IOException("nothing was read or written for " + PATIENCE_MILLIS + " ms");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                var connection = (BrokerConnection) key.attachment();
                boolean wasDone = connection.isDone();
                connection.onReady();
                open -= connection.isDone() && !wasDone ? 1 : 0;
            }
            selector.selectedKeys().clear();
        }
    }

    long acknowledged() {
        return shares.keySet().stream()
                .mapToLong(BrokerConnection::acknowledged)
                .sum();
    }

    long failed() {
        return shares.keySet().stream().mapToLong(BrokerConnection::failed).sum();
    }

    /** What a broker said of the first batch that it refused; null if none was. */
    @Nullable
    String refusal() {
        return shares.keySet().stream()
                .map(BrokerConnection::refusal)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What it goes by. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("acks", options.acks() < 0 ? "all" : Integer.toString(options.acks()));
        settings.put("idempotent", Boolean.toString(producer.isIdempotent()));
        settings.put("batchBytes", Integer.toString(batches.get(0).bytes()));
        settings.put("messagesInBatch", Integer.toString(records.count()));
        settings.put("batchesInRequest", Integer.toString(largestRequest()));
        settings.put("maxInFlightRequests", Integer.toString(BrokerConnection.MAX_IN_FLIGHT));
        settings.put("produceVersion", Integer.toString(EncodedRequest.VERSION));
        settings.put("partitions", Integer.toString(topic.partitions()));
        settings.put("brokers", Integer.toString(shares.size()));
        settings.put("compression", "none");
        return settings;
    }

    @Override
    public void close() throws IOException {
        for (BrokerConnection connection : shares.keySet()) {
            connection.close();
        }
        selector.close();
    }
}
