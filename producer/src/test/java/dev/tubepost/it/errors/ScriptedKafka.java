package dev.tubepost.it.errors;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.jspecify.annotations.Nullable;

/**
 * A broker of one node and topics of one partition, played on a loopback socket, for answers that a real one cannot be asked for. It reads
 * and writes with Apache's generated classes. <em>Thread-safe.</em>
 */
public final class ScriptedKafka implements AutoCloseable {

    private static final short METADATA_VERSION = 9;

    private final ServerSocket server;
    private final List<Socket> peers = new CopyOnWriteArrayList<>();
    private final AtomicInteger produced = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What is answered to a Produce; null for no answer. */
    public volatile Function<ProduceRequestData, @Nullable ProduceResponseData> onProduce = ScriptedKafka::acknowledge;

    /** Whether Metadata is answered. */
    public volatile boolean answersMetadata = true;

    /** Whether the answer to Metadata has the topics in it. */
    public volatile boolean answersTopics = true;

    /** The error that Metadata answers for each topic; 0 for none. */
    public volatile short topicError;

    /** Whether the topics have a leader. */
    public volatile boolean hasLeader = true;

    /** The newest version of Produce that it knows. */
    public volatile short produceVersion = 9;

    /** Where the leader is said to listen. */
    public volatile int leaderPort;

    private ScriptedKafka() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        leaderPort = server.getLocalPort();
        start("accept", this::accept);
    }

    public static ScriptedKafka start() throws IOException {
        return new ScriptedKafka();
    }

    /** A port on which nobody listens. */
    public static int refusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** How many Metadata requests came. */
    public int asked() {
        return asked.get();
    }

    /** How many connections were taken. */
    public int connections() {
        return accepted.get();
    }

    /** How many Produce requests came. */
    public int produced() {
        return produced.get();
    }

    /** Closes every connection; new ones are taken. */
    public void hangUp() {
        for (Socket peer : peers) {
            try {
                peer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        peers.clear();
    }

    /** The answer that all is written at offset 0. */
    public static ProduceResponseData acknowledge(ProduceRequestData request) {
        return answer(request, 0);
    }

    /** The answer with an error for each partition. */
    public static ProduceResponseData answer(ProduceRequestData request, int error) {
        var response = new ProduceResponseData();
        for (var topic : request.topicData()) {
            var answers = new ProduceResponseData.TopicProduceResponse().setName(topic.name());
            for (var partition : topic.partitionData()) {
                answers.partitionResponses()
                        .add(new ProduceResponseData.PartitionProduceResponse()
                                .setIndex(partition.index())
                                .setErrorCode((short) error)
                                .setBaseOffset(error == 0 ? 0 : -1));
            }
            response.responses().add(answers);
        }
        return response;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket peer = server.accept();
                accepted.incrementAndGet();
                peers.add(peer);
                start("peer", () -> serve(peer));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            var in = new DataInputStream(peer.getInputStream());
            var out = new DataOutputStream(peer.getOutputStream());
            while (true) {
                byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                handle(ByteBuffer.wrap(frame), out);
            }
        } catch (IOException e) {
            // The client hung up, or the test is over; what the client saw is what the test asserts.
        }
    }

    private void handle(ByteBuffer request, DataOutputStream out) throws IOException {
        ApiKeys api = ApiKeys.forId(request.getShort(0));
        short version = request.getShort(2);
        var header = new RequestHeaderData(new ByteBufferAccessor(request), api.requestHeaderVersion(version));
        Message body = switch (api) {
            case API_VERSIONS -> versions();
            case METADATA -> metadata(new MetadataRequestData(new ByteBufferAccessor(request), version));
            case PRODUCE -> produce(new ProduceRequestData(new ByteBufferAccessor(request), version));
            default -> throw new IOException("nobody taught me " + api);
        };
        if (body != null) {
            ByteBuffer head = MessageUtil.toByteBufferAccessor(
                            new ResponseHeaderData().setCorrelationId(header.correlationId()),
                            api.responseHeaderVersion(version))
                    .buffer();
            ByteBuffer rest = MessageUtil.toByteBufferAccessor(body, version).buffer();
            ByteBuffer frame = ByteBuffer.allocate(4 + head.remaining() + rest.remaining())
                    .putInt(head.remaining() + rest.remaining())
                    .put(head)
                    .put(rest);
            out.write(frame.array());
            out.flush();
        }
    }

    private Message versions() {
        var response = new ApiVersionsResponseData();
        List<ApiVersionsResponseData.ApiVersion> all = new ArrayList<>();
        all.add(version(ApiKeys.PRODUCE, produceVersion));
        all.add(version(ApiKeys.METADATA, METADATA_VERSION));
        all.add(version(ApiKeys.API_VERSIONS, (short) 5));
        all.forEach(response.apiKeys()::add);
        return response;
    }

    private static ApiVersionsResponseData.ApiVersion version(ApiKeys api, short newest) {
        return new ApiVersionsResponseData.ApiVersion()
                .setApiKey(api.id)
                .setMinVersion((short) 0)
                .setMaxVersion(newest);
    }

    private @Nullable Message metadata(MetadataRequestData request) {
        asked.incrementAndGet();
        if (!answersMetadata) {
            return null;
        }
        var response = new MetadataResponseData().setClusterId("scripted").setControllerId(1);
        response.brokers()
                .add(new MetadataResponseData.MetadataResponseBroker()
                        .setNodeId(1)
                        .setHost("127.0.0.1")
                        .setPort(leaderPort));
        for (var topic : answersTopics ? request.topics() : List.<MetadataRequestData.MetadataRequestTopic>of()) {
            var answer = new MetadataResponseData.MetadataResponseTopic().setName(topic.name());
            response.topics().add(answer);
            if (topicError != 0) {
                answer.setErrorCode(topicError);
                continue;
            }
            answer.partitions()
                    .add(new MetadataResponseData.MetadataResponsePartition()
                            .setPartitionIndex(0)
                            .setErrorCode(hasLeader ? 0 : (short) 5)
                            .setLeaderId(hasLeader ? 1 : -1)
                            .setLeaderEpoch(1)
                            .setReplicaNodes(List.of(1))
                            .setIsrNodes(List.of(1)));
        }
        return response;
    }

    private @Nullable Message produce(ProduceRequestData request) {
        produced.incrementAndGet();
        return onProduce.apply(request);
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, "scripted-kafka-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket peer : peers) {
            peer.close();
        }
    }
}
