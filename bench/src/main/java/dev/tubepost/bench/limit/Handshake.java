package dev.tubepost.bench.limit;

import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.InitProducerIdRequest;
import dev.tubepost.protocol.InitProducerIdResponse;
import dev.tubepost.protocol.MetadataRequest;
import dev.tubepost.protocol.MetadataResponse;
import dev.tubepost.protocol.RequestHeader;
import dev.tubepost.protocol.WireReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What must be known before the load begins: asked of the bootstrap server, one request at a time, until it can say. The versions are those that
 * both Kafka 4.4 and the acknowledge-only server know. <em>Confined to</em> the one thread, which blocks.
 */
final class Handshake implements AutoCloseable {

    private static final int METADATA_VERSION = 12;
    private static final int INIT_PRODUCER_ID_VERSION = 4;

    /** How long a new topic or cluster may take to become ready, and how long between two questions. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final SocketChannel channel;

    private Handshake(SocketChannel channel) {
        this.channel = channel;
    }

    /** @param bootstrap as {@code HOST:PORT}; of a list, the first one is asked */
    static Handshake connect(String bootstrap) throws IOException {
        String first = bootstrap.replaceFirst(",.*", "");
        int colon = first.lastIndexOf(':');
        var address = new InetSocketAddress(first.substring(0, colon), Integer.parseInt(first.substring(colon + 1)));
        return new Handshake(SocketChannel.open(address));
    }

    /** The topic, once every partition has a leader; it is created if the cluster does that by itself. */
    TopicLayout topic(String name) throws IOException {
        return untilKnown("the leaders of " + name, () -> {
            ByteBuffer request =
                    MetadataRequest.forTopics(List.of(name), true).frame(METADATA_VERSION, EncodedRequest.CLIENT_ID);
            WireReader answer = ask(request, ApiKey.METADATA, METADATA_VERSION);
            return layout(name, MetadataResponse.read(answer, METADATA_VERSION));
        });
    }

    private static @Nullable TopicLayout layout(String name, MetadataResponse response) throws IOException {
        MetadataResponse.Topic topic = response.topics().get(0);
        if (!isReady(topic.errorCode(), name)) {
            return null;
        }
        List<MetadataResponse.Partition> partitions = topic.partitions().stream()
                .sorted(Comparator.comparingInt(MetadataResponse.Partition::partitionIndex))
                .toList();
        List<InetSocketAddress> leaders = partitions.stream()
                .flatMap(partition ->
                        response.brokers().stream().filter(broker -> broker.nodeId() == partition.leaderId()))
                .map(broker -> new InetSocketAddress(broker.host(), broker.port()))
                .toList();
        return leaders.size() == partitions.size() ? new TopicLayout(name, topic.topicId(), leaders) : null;
    }

    /** A new producer id. */
    ProducerIdentity producerIdentity() throws IOException {
        return untilKnown("a producer id", () -> {
            ByteBuffer request =
                    InitProducerIdRequest.idempotent().frame(INIT_PRODUCER_ID_VERSION, EncodedRequest.CLIENT_ID);
            WireReader answer = ask(request, ApiKey.INIT_PRODUCER_ID, INIT_PRODUCER_ID_VERSION);
            var response = InitProducerIdResponse.read(answer, INIT_PRODUCER_ID_VERSION);
            return isReady(response.errorCode(), "a producer id")
                    ? new ProducerIdentity(response.producerId(), response.producerEpoch())
                    : null;
        });
    }

    private interface Question<T> {
        @Nullable
        T ask() throws IOException;
    }

    private static <T> T untilKnown(String what, Question<T> question) throws IOException {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (true) {
            T answer = question.ask();
            if (answer != null) {
                return answer;
            }
            if (System.nanoTime() > end) {
                throw new IOException(what + " was not known within " + READY_WITHIN.toSeconds() + " s");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** False for an error that goes by while a topic or a coordinator is being made; any other is thrown. */
    private static boolean isReady(short errorCode, String what) throws IOException {
        return switch (ErrorCode.of(errorCode)) {
            case NONE -> true;
            case UNKNOWN_TOPIC_OR_PARTITION,
                    LEADER_NOT_AVAILABLE,
                    COORDINATOR_LOAD_IN_PROGRESS,
                    COORDINATOR_NOT_AVAILABLE -> false;
            default -> throw new IOException(what + ": error " + errorCode + " (" + ErrorCode.of(errorCode) + ")");
        };
    }

    private WireReader ask(ByteBuffer request, ApiKey key, int version) throws IOException {
        request.putInt(RequestHeader.CORRELATION_ID_AT, 0);
        while (request.hasRemaining()) {
            channel.write(request);
        }
        int size = read(Integer.BYTES).getInt();
        ByteBuffer answer = read(size);
        answer.getInt(); // the correlation id: there is only one request at a time
        var reader = new WireReader(answer, key.isFlexible(version));
        if (key.responseHeaderVersion(version) >= 1) {
            reader.skipTags();
        }
        return reader;
    }

    private ByteBuffer read(int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the broker closed the connection");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
