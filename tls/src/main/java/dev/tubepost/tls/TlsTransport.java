package dev.tubepost.tls;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.SecuredTransport;
import dev.tubepost.internal.env.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;
import tlschannel.HeapBufferAllocator;
import tlschannel.NeedsTaskException;
import tlschannel.TlsChannel;
import tlschannel.WouldBlockException;

/**
 * A TLS stream on top of another stream (RFC 8446, RFC 5246). <em>Confined to the actor that opened the other.</em>
 *
 * <pre>
 *   PREPARING --onPrepared--> HANDSHAKE --> OPEN
 *       |                         |          |
 *       +-------------------------+----------+--close, or a failure before OPEN--> CLOSED
 * </pre>
 *
 * In PREPARING the engine is made on the side executor, which may read files. Wherever TLS has a task (keys, certificates), it runs on the side executor,
 * too; until it is done the engine is not touched, as the task holds its lock: nothing is read or written, and a close says no goodbye. The stream below
 * tells of nothing to read meanwhile, or an event loop would hear of the same bytes in each pass.
 *
 * <p>A failure of a stream that is open stays: each later read and write throws it again. A stream that ends without TLS's own end (close_notify) ends
 * like one that has it: what is in flight is lost either way (F102).
 */
final class TlsTransport implements SecuredTransport {

    /** How much is encrypted before the stream below has to take it: four full TLS records. */
    static final int CHUNK_BYTES = 64 * 1024;

    /** How many records at the most say goodbye: an alert, and the end. */
    private static final int LAST_RECORDS = 4;

    private enum State {
        PREPARING,
        HANDSHAKE,
        OPEN,
        CLOSED
    }

    private final Transport below;
    private final Actor actor;
    private final Handler handler;
    private final CipherChannel cipher;

    private State state = State.PREPARING;
    private @Nullable SSLEngine engine;
    private @Nullable TlsChannel channel;
    private @Nullable ChunkWriter writer;
    private @Nullable IOException failure;
    private boolean ended;
    private boolean taskRuns;
    private boolean mayHaveMore;
    private boolean postedMore;
    private boolean wantsWritable;

    TlsTransport(Transport below, Actor actor, Handler handler) {
        this.below = below;
        this.actor = actor;
        this.handler = handler;
        cipher = new CipherChannel(below);
        below.wantReadable(false);
    }

    /** The peer wants to begin again (RFC 5246 section 7.4.1.1): it could become another one while messages are on the way. */
    static SSLException renegotiation() {
        return new SSLException("the peer asks for a new TLS handshake (renegotiation), which is refused");
    }

    // Handshake.

    /** The engine is there, or why there is none. */
    void onPrepared(@Nullable SSLEngine made, @Nullable Throwable thrown) {
        if (state != State.PREPARING) {
            return;
        }
        below.wantReadable(true);
        if (made == null) {
            fail(Objects.requireNonNullElseGet(thrown, () -> new IllegalStateException("no engine")));
            return;
        }
        engine = made;
        var opened = ClientTlsChannel.newBuilder(cipher, made)
                .withRunTasks(false)
                .withReleaseBuffers(false)
                .withEncryptedBufferAllocator(
                        new HeapBufferAllocator()) // the JDK's AES-GCM works on arrays, and copies others
                .build();
        channel = opened;
        writer = new ChunkWriter(opened, made, cipher);
        state = State.HANDSHAKE;
        handshake();
    }

    private void handshake() {
        boolean done = false;
        cipher.beginPass();
        try {
            channel().handshake();
            done = true;
        } catch (NeedsTaskException e) {
            run(e.getTask());
        } catch (WouldBlockException e) {
            // The peer's turn, when it has what is collected.
        } catch (IOException | RuntimeException | AssertionError e) {
            fail(e);
            return;
        }
        try {
            flushOwn();
        } catch (IOException e) {
            fail(saidBefore(e));
            return;
        }
        if (done) {
            state = State.OPEN;
            mayHaveMore =
                    true; // what came behind the handshake is in our hands, and the stream below will not tell of it
            postMore();
            handler.onConnected();
        }
    }

    /** The peer does not take our bytes; if it said why before it hung up, that is the better reason. */
    private IOException saidBefore(IOException notTaken) {
        if (!taskRuns) {
            try {
                channel().handshake();
            } catch (SSLException said) {
                said.addSuppressed(notTaken);
                return said;
            } catch (IOException | RuntimeException | AssertionError e) {
                notTaken.addSuppressed(e);
            }
        }
        return notTaken;
    }

    private void fail(Throwable thrown) {
        close();
        handler.onConnectFailed(
                thrown instanceof ClosedChannelException
                        ? new EOFException("the peer closed the connection during the TLS handshake")
                        : asIoException(thrown));
    }

    private static IOException asIoException(Throwable thrown) {
        return thrown instanceof IOException e ? e : new SSLException("TLS failed: " + thrown, thrown);
    }

    private void run(Runnable task) {
        taskRuns = true;
        below.wantReadable(false);
        actor.side(
                () -> {
                    task.run();
                    return Boolean.TRUE;
                },
                (done, thrown) -> onTaskDone(thrown));
    }

    private void onTaskDone(@Nullable Throwable thrown) {
        taskRuns = false;
        below.wantReadable(true);
        if (state == State.HANDSHAKE) {
            if (thrown == null) {
                handshake();
            } else {
                fail(thrown);
            }
        } else if (state == State.OPEN) {
            if (thrown != null) {
                failure = asIoException(thrown);
            }
            onWritable();
            if (state == State.OPEN) {
                handler.onReadable();
            }
        }
    }

    // Events of the stream below.

    @Override
    public void onReadable() {
        if (taskRuns) {
            return; // told when the task is done
        }
        if (state == State.HANDSHAKE) {
            handshake();
        } else if (state == State.OPEN) {
            handler.onReadable();
        }
    }

    @Override
    public void onWritable() {
        if (taskRuns) {
            return; // told when the task is done
        }
        if (state == State.HANDSHAKE) {
            handshake();
        } else if (state == State.OPEN) {
            if (!writer().isHolding()) {
                flushOwnOrLeaveIt();
            }
            if (wantsWritable && (writer().isHolding() || cipher.pending() == 0)) {
                wantsWritable = false;
                handler.onWritable();
            }
        }
    }

    /** Sends what TLS says by itself: handshake, keys, alerts. Never the caller's bytes. */
    private void flushOwn() throws IOException {
        cipher.flush();
        if (cipher.pending() > 0) {
            below.wantWritable();
        }
    }

    private void flushOwnOrLeaveIt() {
        try {
            flushOwn();
        } catch (IOException e) {
            // What the peer said before it hung up can still be read; then the next write, or the end of the stream,
            // tells.
        }
    }

    // The stream.

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (state != State.OPEN || taskRuns) {
            return 0;
        }
        int first = into.position();
        mayHaveMore = false;
        cipher.beginPass();
        readUntilFullOrNone(into);
        if (!writer().isHolding() && cipher.pending() > 0) {
            flushOwnOrLeaveIt();
        }
        int count = into.position() - first;
        if (count > 0) {
            if (mayHaveMore || ended || failure != null) {
                mayHaveMore = true;
                postMore();
            }
            return count;
        }
        throwFailure();
        return ended ? -1 : 0;
    }

    private void readUntilFullOrNone(ByteBuffer into) {
        try {
            while (failure == null && !ended && into.hasRemaining()) {
                ended = channel().read(into) < 0;
            }
            mayHaveMore = true;
        } catch (NeedsTaskException e) {
            if (engine().getSession().getProtocol().equals("TLSv1.2")) { // there, only a new handshake has tasks
                failure = renegotiation();
            } else {
                run(e.getTask());
            }
        } catch (WouldBlockException e) {
            if (engine().getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                failure = renegotiation();
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            failure = asIoException(e);
        }
    }

    /** The stream below will not tell of what is here already, so we do. */
    private void postMore() {
        if (!postedMore) {
            postedMore = true;
            actor.post(() -> {
                postedMore = false;
                if (mayHaveMore && state == State.OPEN) {
                    handler.onReadable();
                }
            });
        }
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        if (state == State.CLOSED) {
            throw new ClosedChannelException();
        }
        if (state != State.OPEN || taskRuns) {
            return 0;
        }
        throwFailure();
        try {
            return writer().write(from, offset, length);
        } catch (SSLException e) {
            failure = e;
            throw e;
        } catch (RuntimeException | AssertionError e) {
            failure = asIoException(e);
            throw failure;
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void wantWritable() {
        wantsWritable = true;
        below.wantWritable();
    }

    @Override
    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        var speaker = engine;
        boolean mayTouch = !taskRuns && (writer == null || !writer.isHolding());
        state = State.CLOSED;
        if (speaker != null && mayTouch) {
            sayGoodbye(speaker);
        }
        below.close();
    }

    /** Sends the alert that is due, and close_notify, as far as the stream takes them at once. */
    private void sayGoodbye(SSLEngine speaker) {
        try {
            speaker.closeOutbound();
            var record = ByteBuffer.allocate(speaker.getSession().getPacketBufferSize());
            for (int i = 0; i < LAST_RECORDS && !speaker.isOutboundDone(); i++) {
                speaker.wrap(ByteBuffer.allocate(0), record);
                cipher.write(record.flip());
                record.clear();
            }
            cipher.flush();
        } catch (IOException | RuntimeException e) {
            // The connection is over; it ends without a goodbye.
        }
    }

    @Override
    public @Nullable String peer() {
        return below.peer();
    }

    private SSLEngine engine() {
        return Objects.requireNonNull(engine, "no engine yet");
    }

    private TlsChannel channel() {
        return Objects.requireNonNull(channel, "no channel yet");
    }

    private ChunkWriter writer() {
        return Objects.requireNonNull(writer, "no writer yet");
    }
}
