package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoppableInputTest {

    @Test
    void passesBytesThroughAndCountsThem() throws IOException {
        StoppableInput input = new StoppableInput(new ByteArrayInputStream(new byte[] {1, 2, 3}));
        assertThat(input.readAllBytes()).containsExactly(1, 2, 3);
        assertThat(input.bytesRead()).isEqualTo(3);
        assertThat(input.isStopped()).isFalse();
    }

    @Test
    void endsAtTheNextReadAfterAStop() throws IOException {
        StoppableInput input = new StoppableInput(new ByteArrayInputStream(new byte[] {1, 2, 3}));
        assertThat(input.read()).isEqualTo(1);
        assertThat(input.stop()).as("the reader is working on what it has").isFalse();
        assertThat(input.read()).isEqualTo(-1);
        assertThat(input.isStopped()).isTrue();
    }

    @Test
    void aStopDuringAReadTakesEffectThoughTheReadDoesNotReturn() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        StoppableInput input = new StoppableInput(new InputStream() {
            @Override
            public int read() {
                reading.countDown();
                awaitQuietly(release);
                return 7;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = (byte) read();
                return 1;
            }
        });
        CompletableFuture<Integer> read = CompletableFuture.supplyAsync(() -> readQuietly(input));
        assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(input.stop()).as("the reader waits for bytes").isTrue();
        release.countDown();
        assertThat(read.get(10, TimeUnit.SECONDS))
                .as("bytes that came too late")
                .isEqualTo(-1);
        assertThat(input.bytesRead()).isZero();
    }

    @Test
    void passesErrorsOn() {
        StoppableInput input = new StoppableInput(new BrokenInput());
        assertThatThrownBy(input::read).isInstanceOf(IOException.class).hasMessage("disk");
    }

    private static int readQuietly(InputStream input) {
        try {
            return input.read();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not released");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
