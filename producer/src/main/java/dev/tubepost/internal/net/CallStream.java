package dev.tubepost.internal.net;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.Env;
import dev.tubepost.internal.env.Transport;
import dev.tubepost.protocol.ApiKey;
import dev.tubepost.protocol.MalformedMessageException;
import dev.tubepost.protocol.WireReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Calls and replies on one open transport. <em>Confined to the connection's actor.</em> It ends once, by {@link #end}; what breaks it is
 * told to the listener, who ends it.
 */
final class CallStream {

    /** How many bytes are read before others on the event loop have their turn. */
    private static final int BYTES_PER_PASS = 4 * FrameReader.BYTES_PER_READ;

    /** Called never from within {@link #send}. */
    interface Listener {
        void onBroken(ConnectionLoss loss);

        void onDrained();
    }

    private final Env env;
    private final Actor actor;
    private final Transport transport;
    private final Diagnosis diagnosis;
    private final Listener listener;
    private final FrameReader frames;
    private boolean isTrusted;
    private final Pipeline pipeline;
    private boolean ended;
    private boolean writeFailed;
    private @Nullable ApiKey lastAnswered;
    private long lastUsedNanos;

    CallStream(Env env, Actor actor, Transport transport, int maxReplyBytes, Diagnosis diagnosis, Listener listener) {
        this.env = env;
        this.actor = actor;
        this.transport = transport;
        this.diagnosis = diagnosis;
        this.listener = listener;
        frames = new FrameReader(maxReplyBytes);
        pipeline = new Pipeline(actor::fault);
        lastUsedNanos = env.nanos();
    }

    void send(Call call) {
        lastUsedNanos = env.nanos();
        boolean mustWait = !pipeline.isWritten();
        pipeline.add(call, lastUsedNanos);
        if (mustWait || writeFailed) {
            return;
        }
        try {
            write();
        } catch (IOException e) {
            writeFailed = true;
            actor.post(() -> onWriteFailed(e)); // not now: the caller is in the middle of its work
        }
    }

    /** The transport has bytes, or its end. */
    void onReadable() {
        try {
            read(BYTES_PER_PASS);
        } catch (Throwable thrown) {
            onFault(thrown);
        }
    }

    /** The transport takes bytes again. */
    void onWritable() {
        boolean drained;
        try {
            drained = write();
        } catch (IOException e) {
            onWriteFailed(e);
            return;
        } catch (Throwable thrown) {
            onFault(thrown);
            return;
        }
        if (drained && !ended) {
            try {
                listener.onDrained();
            } catch (Throwable thrown) { // the stream is sound, whatever its user made of it
                actor.fault(thrown);
            }
        }
    }

    /** Takes the replies that are there, however late it is (F18). */
    void readAll() {
        try {
            read(Long.MAX_VALUE);
        } catch (Throwable thrown) {
            onFault(thrown);
        }
    }

    /** Closes the transport, then tells every call. */
    void end(ConnectionLoss loss) {
        if (!ended) {
            ended = true;
            transport.close(); // first: from now on no byte of any call can leave
            pipeline.loseAll(loss);
        }
    }

    boolean isWriting() {
        return !pipeline.isWritten();
    }

    Pipeline pipeline() {
        return pipeline;
    }

    long lastUsedNanos() {
        return lastUsedNanos;
    }

    /** What was sent and received since then does not count as use. */
    void lastUsedNanos(long nanos) {
        lastUsedNanos = nanos;
    }

    /** The peer is known from now on: a reply may have as many bytes as the user allows. */
    void trust(int maxReplyBytes) {
        isTrusted = true;
        frames.maxFrameBytes(maxReplyBytes);
    }

    private boolean write() throws IOException {
        boolean done = pipeline.write(transport);
        if (!done) {
            transport.wantWritable();
        }
        return done;
    }

    private void onWriteFailed(IOException cause) {
        if (!ended) {
            readAll(); // the peer may have answered before it hung up
        }
        if (!ended) {
            listener.onBroken(closed(cause));
        }
    }

    /** No memory, or a mistake of ours: whoever waits for an answer is told now, and not by the request timeout (F76). */
    private void onFault(Throwable thrown) {
        actor.fault(thrown);
        if (!ended) {
            listener.onBroken(diagnosis.internalError(thrown));
        }
    }

    private void read(long limit) {
        try {
            long left = limit;
            while (!ended && left > 0) {
                int count = frames.fill(transport);
                if (count < 0) {
                    listener.onBroken(closed(null));
                    return;
                }
                takeReplies();
                if (!frames.wasFilled()) {
                    return; // that was all
                }
                left -= count;
            }
        } catch (IOException e) {
            listener.onBroken(closed(e));
        } catch (FrameReader.BadFrameException e) {
            listener.onBroken(diagnosis.badFrame(e, lastAnswered, isTrusted));
        }
    }

    private void takeReplies() throws FrameReader.BadFrameException {
        for (var frame = frames.next(); frame != null && !ended; frame = frames.next()) {
            takeReply(frame);
        }
    }

    private void takeReply(ByteBuffer frame) {
        lastUsedNanos = env.nanos();
        int correlationId = frame.getInt();
        var call = pipeline.nextToAnswer();
        if (call == null || call.correlationId != correlationId || !call.fullyWritten()) {
            listener.onBroken(diagnosis.unexpectedReply(correlationId, call));
            return;
        }
        pipeline.removeAnswered();
        lastAnswered = call.key();
        try {
            call.onReply(bodyOf(call, frame));
        } catch (MalformedMessageException e) {
            breakAfter(call, diagnosis.malformed(call, e));
        } catch (Throwable thrown) {
            actor.fault(thrown);
            breakAfter(call, diagnosis.internalError(call, thrown));
        }
    }

    private ConnectionLoss closed(@Nullable IOException cause) {
        return frames.isInsideFrame()
                ? diagnosis.closedInsideReply(cause)
                : diagnosis.closed(cause, lastAnswered, pipeline.size());
    }

    /** What follows the response header: the correlation id, and in flexible versions tagged fields. */
    private static WireReader bodyOf(Call call, ByteBuffer frame) {
        var body = new WireReader(frame, call.key().isFlexible(call.version()));
        if (call.key().responseHeaderVersion(call.version()) >= 1) {
            body.skipTags();
        }
        return body;
    }

    /** The call whose reply could not be used is over, and so is the stream. */
    private void breakAfter(Call call, ConnectionLoss loss) {
        pipeline.lose(call, loss);
        if (!ended) {
            listener.onBroken(loss);
        }
    }
}
