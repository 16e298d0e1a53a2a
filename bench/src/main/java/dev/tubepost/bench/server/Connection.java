package dev.tubepost.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: reads what has arrived, answers every whole request in it, in order, writes all answers at once.
 * <em>Confined to</em> its own thread, which blocks.
 */
final class Connection implements Runnable {

    /** Small enough to stay in a core's cache: requests are read and forgotten. */
    private static final int USUAL_BUFFER_BYTES = 256 << 10;

    private static final int LARGEST_REQUEST_BYTES = 64 << 20;

    private final ByteChannel channel;
    private final Requests requests;
    private final int pauseMillis;
    private ByteBuffer input = ByteBuffer.allocateDirect(USUAL_BUFFER_BYTES);
    private ByteBuffer output = ByteBuffer.allocateDirect(16 << 10);

    /**
     * @param channel blocks
     * @param pauseMillis how long it thinks about what it has read before it answers; 0: not at all
     */
    Connection(ByteChannel channel, Requests requests, int pauseMillis) {
        this.channel = channel;
        this.requests = requests;
        this.pauseMillis = pauseMillis;
    }

    @Override
    public void run() {
        try (channel) {
            while (channel.read(input) >= 0) {
                answerWholeRequests();
            }
        } catch (IOException e) {
            // The client has gone, or the server is closing: both are how a load test ends.
        }
    }

    private void answerWholeRequests() throws IOException {
        input.flip();
        for (ByteBuffer frame = nextFrame(); frame != null; frame = nextFrame()) {
            ByteBuffer answer = requests.answer(frame);
            if (answer != null) {
                put(answer);
            }
        }
        makeRoom();
        pause();
        writeOutput();
    }

    private void pause() throws IOException {
        if (pauseMillis == 0 || output.position() == 0) {
            return;
        }
        try {
            Thread.sleep(pauseMillis);
        } catch (InterruptedException e) {
            throw new IOException("interrupted while it was slow", e);
        }
    }

    private @Nullable ByteBuffer nextFrame() throws IOException {
        if (input.remaining() < Integer.BYTES) {
            return null;
        }
        int bytes = input.getInt(input.position());
        if (bytes < 0 || bytes > LARGEST_REQUEST_BYTES) {
            throw new IOException("a request of " + bytes + " bytes");
        }
        if (input.remaining() < Integer.BYTES + bytes) {
            return null;
        }
        int start = input.position() + Integer.BYTES;
        input.position(start + bytes);
        return input.slice(start, bytes);
    }

    /** Keeps what is left of the input, in a buffer that can hold the request that it begins. */
    private void makeRoom() {
        int needed = input.remaining() < Integer.BYTES ? 0 : Integer.BYTES + input.getInt(input.position());
        if (needed > input.capacity()) {
            input = ByteBuffer.allocateDirect(needed).put(input);
        } else if (input.position() == 0) {
            // compact() would copy all of it to where it is, once for each part of a request that arrives
            input.position(input.limit()).limit(input.capacity());
        } else {
            input.compact();
        }
    }

    private void put(ByteBuffer answer) throws IOException {
        if (output.remaining() < answer.remaining()) {
            writeOutput();
        }
        if (output.remaining() < answer.remaining()) {
            output = ByteBuffer.allocateDirect(answer.remaining());
        }
        output.put(answer);
    }

    private void writeOutput() throws IOException {
        output.flip();
        while (output.hasRemaining()) {
            channel.write(output);
        }
        output.clear();
    }
}
