package dev.tubepost.testkit.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a connection: a thread that reads frames, and one that writes each when its time has come. <em>What they share is
 * thread-safe.</em>
 */
final class Pump {

    private static final int SIZE_BYTES = 4;
    private static final int LARGEST = 100 << 20;

    /** So many bytes are written between two looks at how narrow the line is. */
    private static final int PIECE = 1_024;

    /** A frame, from its size on, and when it may pass; without bytes: the end. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Due(byte[] bytes, long nanos, Fate fate) {}

    private final Relay relay;
    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final LinkedBlockingQueue<Due> underway = new LinkedBlockingQueue<>();

    Pump(Relay relay, Direction direction, Socket from, Socket to) {
        this.relay = relay;
        this.direction = direction;
        this.from = from;
        this.to = to;
    }

    void start() {
        start("read", this::read);
        start("write", this::write);
    }

    private void start(String what, Runnable task) {
        var thread = new Thread(task, "proxy-" + relay.broker() + "-" + direction + "-" + what);
        thread.setDaemon(true);
        thread.start();
    }

    // ---- reading ----

    private void read() {
        try {
            var in = new DataInputStream(from.getInputStream());
            byte[] frame = next(in);
            while (frame != null) {
                ByteBuffer payload = ByteBuffer.wrap(frame).position(SIZE_BYTES).slice();
                long due = System.nanoTime() + relay.line().latency().toNanos();
                underway.add(new Due(frame, due, relay.fate(direction, payload)));
                frame = next(in);
            }
        } catch (IOException
                | RuntimeException e) { // reset by either end, or a script that throws: it ends the connection
            relay.cut();
        }
        underway.add(new Due(new byte[0], System.nanoTime(), Fate.halfClose()));
    }

    /** The next frame with its size, or null at the end. */
    private static byte @Nullable [] next(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int size = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (size < 0 || size > LARGEST) {
            throw new IOException("no frame begins with " + size);
        }
        byte[] frame = new byte[SIZE_BYTES + size];
        ByteBuffer.wrap(frame).putInt(size);
        in.readFully(frame, SIZE_BYTES, size);
        return frame;
    }

    // ---- writing ----

    private void write() {
        try {
            OutputStream out = to.getOutputStream();
            boolean more = true;
            while (more && !relay.isOver()) {
                Due next = underway.take();
                more = !relay.pause(next.nanos() - System.nanoTime()) && pass(next, out);
            }
        } catch (IOException e) {
            relay.cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            relay.cut();
        }
        relay.ended();
    }

    /** Whether something may pass after it. */
    private boolean pass(Due next, OutputStream out) throws IOException, InterruptedException {
        byte[] bytes = next.bytes();
        Fate fate = next.fate();
        if (fate instanceof Fate.Hold hold && relay.pause(hold.pause().toNanos())) {
            return false;
        }
        if (fate instanceof Fate.Silence) {
            return !relay.pause(TimeUnit.DAYS.toNanos(1)); // until the connection is over
        }
        if (fate instanceof Fate.Drop) {
            return true;
        }
        if (fate instanceof Fate.Truncate truncate) {
            write(out, bytes, Math.min(truncate.bytes(), bytes.length));
            relay.cut();
            return false;
        }
        if (fate instanceof Fate.Corrupt corrupt && SIZE_BYTES + corrupt.index() < bytes.length) {
            bytes[SIZE_BYTES + corrupt.index()] ^= 0x55;
        }
        write(out, bytes, bytes.length);
        if (fate instanceof Fate.HalfClose) {
            to.shutdownOutput();
            return false;
        }
        return true;
    }

    private void write(OutputStream out, byte[] bytes, int length) throws IOException, InterruptedException {
        long bytesPerSecond = relay.line().bytesPerSecond();
        int written = 0;
        while (written < length) {
            int piece = bytesPerSecond == 0 ? length - written : Math.min(PIECE, length - written);
            out.write(bytes, written, piece);
            written += piece;
            if (bytesPerSecond > 0 && relay.pause(piece * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond)) {
                return;
            }
        }
    }
}
