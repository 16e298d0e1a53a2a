package dev.tubepost.bench.server;

import dev.tubepost.protocol.WireReader;
import dev.tubepost.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Answers requests: what is in a frame decides. <em>Thread-safe.</em> */
final class Requests {

    private static final int UNSUPPORTED_VERSION = 35;

    private final Metadata metadata;
    private final Produce produce;
    private final AtomicLong nextProducerId = new AtomicLong(1);

    Requests(List<Integer> ports, String host, ServedTopics topics, Totals totals, boolean verify) {
        this.metadata = new Metadata(ports, host, topics);
        this.produce = new Produce(topics, totals, verify);
    }

    /**
     * The answer to a request, with its length before it; null if there is none (acks 0).
     *
     * @param frame a request without its length; its position moves
     * @throws IllegalArgumentException if the request is one that was not offered
     */
    @Nullable
    ByteBuffer answer(ByteBuffer frame) {
        int key = frame.getShort();
        int version = frame.getShort();
        int correlationId = frame.getInt();
        ServedApi api = ServedApi.of(key);
        if (api == ServedApi.API_VERSIONS && !api.serves(version)) {
            return framed(start(api, 0, correlationId), writer -> versions(writer, 0, UNSUPPORTED_VERSION));
        }
        if (api == null || !api.serves(version)) {
            throw new IllegalArgumentException("api " + key + " version " + version + " was not offered");
        }
        skipClientId(frame);
        var reader = new WireReader(frame, api.isFlexible(version));
        reader.skipTags();
        WireWriter writer = start(api, version, correlationId);
        return switch (api) {
            case PRODUCE -> produce.answer(version, frame, reader, writer) ? finish(writer) : null;
            case FETCH, FIND_COORDINATOR -> throw new IllegalArgumentException("nobody can read here");
            case METADATA -> framed(writer, to -> metadata.answer(version, reader, to));
            case API_VERSIONS -> framed(writer, to -> versions(to, version, 0));
            case INIT_PRODUCER_ID -> framed(writer, this::producerId);
        };
    }

    private static void skipClientId(ByteBuffer frame) {
        int length = frame.getShort();
        frame.position(frame.position() + Math.max(0, length));
    }

    private static WireWriter start(ServedApi api, int version, int correlationId) {
        var writer = new WireWriter(api.isFlexible(version));
        writer.int32(0); // the length, set at the end
        writer.int32(correlationId);
        if (api.hasTagsInResponseHeader(version)) {
            writer.noTags();
        }
        return writer;
    }

    private interface Body {
        void write(WireWriter writer);
    }

    private static ByteBuffer framed(WireWriter writer, Body body) {
        body.write(writer);
        return finish(writer);
    }

    private static ByteBuffer finish(WireWriter writer) {
        ByteBuffer answer = writer.finish();
        return answer.putInt(0, answer.remaining() - Integer.BYTES);
    }

    private static void versions(WireWriter writer, int version, int error) {
        writer.int16(error);
        writer.arrayLength(ServedApi.values().length);
        for (ServedApi api : ServedApi.values()) {
            writer.int16(api.key);
            writer.int16(api.oldestTold());
            writer.int16(api.newest);
            writer.noTags();
        }
        if (version >= 1) {
            writer.int32(0); // throttle time
        }
        writer.noTags();
    }

    private void producerId(WireWriter writer) {
        writer.int32(0); // throttle time
        writer.int16(0);
        writer.int64(nextProducerId.getAndIncrement());
        writer.int16(0); // epoch
        writer.noTags();
    }
}
