package dev.tubepost.bench.limit;

import dev.tubepost.protocol.ErrorCode;
import dev.tubepost.protocol.ProduceResponse;
import dev.tubepost.protocol.WireReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker: writes its share of a round, with a bounded number of requests unanswered, and counts what the answers say.
 * <em>Confined to</em> the one thread.
 */
final class BrokerConnection implements AutoCloseable {

    /** As idempotent producers have it at most. */
    static final int MAX_IN_FLIGHT = 5;

    /**
     * As tubepost and kafka-clients have it. What waits in a small one is still in the processor's cache when the other end reads it: with as much as
     * Linux would give (4 MiB), the acknowledge-only server was reached by half as much.
     */
    private static final int SEND_BUFFER_BYTES = 128 << 10;

    private static final int ANSWER_BYTES = 1 << 20;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final boolean answered;
    private final ByteBuffer input = ByteBuffer.allocateDirect(ANSWER_BYTES);
    private final ArrayDeque<EncodedRequest> inFlight = new ArrayDeque<>();

    private Share share = new Share(List.of(), 0, List.of());
    private int next;
    private boolean writing;
    private int correlationId;
    private long acknowledged;
    private long failed;
    private @Nullable String refusal;

    /** @param answered whether the broker answers, which it does not with acks 0 */
    BrokerConnection(InetSocketAddress broker, Selector selector, boolean answered) throws IOException {
        this.answered = answered;
        this.channel = SocketChannel.open(broker);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Begins a round; the one before must be over. */
    void begin(Share next) throws IOException {
        assert isDone() : "a round begins in another";
        this.share = next;
        this.next = 0;
        write();
    }

    /** Whether everything is sent and answered. */
    boolean isDone() {
        return next == share.requests() && !writing && inFlight.isEmpty();
    }

    /** Records that the broker acknowledged; with acks 0, that were written. */
    long acknowledged() {
        return acknowledged;
    }

    /** Records of batches that the broker refused. */
    long failed() {
        return failed;
    }

    /** What the broker said of the first one; null if it accepted all. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Goes on: the channel can be read or written. */
    void onReady() throws IOException {
        if (key.isReadable()) {
            read();
        }
        write();
    }

    /** Writes until the round's requests, the bound in flight or the channel's room come to an end. */
    private void write() throws IOException {
        while (writing || (next < share.requests() && inFlight.size() < MAX_IN_FLIGHT)) {
            EncodedRequest request = writing ? inFlight.getLast() : start();
            writing = !request.write(channel);
            if (writing) {
                break;
            }
            if (!answered) {
                acknowledged += inFlight.remove().recordCount();
            }
        }
        int wanted = writing ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != wanted) {
            key.interestOps(wanted);
        }
    }

    private EncodedRequest start() {
        EncodedRequest request = share.request(next++);
        request.prepare(correlationId++);
        inFlight.add(request);
        return request;
    }

    private void read() throws IOException {
        if (channel.read(input) < 0) {
            throw new EOFException(channel.getRemoteAddress() + " closed the connection");
        }
        input.flip();
        while (input.remaining() >= Integer.BYTES) {
            int end = input.position() + Integer.BYTES + input.getInt(input.position());
            if (end > input.limit()) {
                break;
            }
            onAnswer(input.slice(input.position() + Integer.BYTES, end - input.position() - Integer.BYTES));
            input.position(end);
        }
        input.compact();
    }

    private void onAnswer(ByteBuffer answer) throws IOException {
        int expected = correlationId - inFlight.size();
        int id = answer.getInt();
        if (inFlight.isEmpty() || id != expected) {
            throw new IOException(channel.getRemoteAddress() + " answered request " + id + " instead of " + expected);
        }
        var reader = new WireReader(answer, true);
        reader.skipTags();
        ProduceResponse response = ProduceResponse.read(reader, EncodedRequest.VERSION);
        EncodedRequest request = inFlight.remove();
        int accepted = 0;
        for (ProduceResponse.Topic topic : response.topics()) {
            for (ProduceResponse.Partition partition : topic.partitions()) {
                if (partition.errorCode() == 0) {
                    accepted += request.recordsInEach();
                } else if (refusal == null) {
                    refusal = "partition " + partition.index() + ": error " + partition.errorCode() + " ("
                            + ErrorCode.of(partition.errorCode()) + "), " + partition.errorMessage();
                }
            }
        }
        acknowledged += accepted;
        failed += request.recordCount() - accepted;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
