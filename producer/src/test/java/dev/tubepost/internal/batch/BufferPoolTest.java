package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BufferPoolTest {

    private final BufferPool pool = new BufferPool();

    @ParameterizedTest(name = "{0} bytes get a buffer of {1}")
    @CsvSource({
        "1, 1024",
        "1024, 1024",
        "1025, 2048",
        "2048, 2048",
        "2049, 4096",
        "65536, 65536",
        "65537, 131072",
        "1000012, 1048576",
        "1048576, 1048576",
        "1048577, 1114112"
    })
    void givesTheSmallestClassThatFits(int bytes, int capacity) {
        assertThat(BufferPool.capacityFor(bytes)).isEqualTo(capacity);
        assertThat(pool.take(bytes).capacity()).isEqualTo(capacity);
    }

    @ParameterizedTest
    @CsvSource({"2048", "65536", "131072", "1048576"})
    void givesTheSameBufferAgainCleared(int bytes) {
        List<ByteBuffer> taken = new ArrayList<>();
        for (long idle = -1; idle != pool.idleBytes() && taken.size() < 64; ) { // empties the slab that was cut
            idle = pool.idleBytes();
            taken.add(pool.take(bytes));
        }
        ByteBuffer last = taken.get(taken.size() - 1);
        last.position(7).limit(9);
        while (pool.idleBytes() > 0) {
            pool.take(bytes);
        }
        pool.give(last);
        ByteBuffer again = pool.take(bytes);
        assertThat(again.position()).isZero();
        assertThat(again.remaining()).isEqualTo(bytes);
        again.putLong(0, 42);
        assertThat(last.getLong(0)).isEqualTo(42);
    }

    @Test
    void knowsHowMuchIsInUse() {
        ByteBuffer small = pool.take(2048);
        ByteBuffer huge = pool.take(2 << 20);
        assertThat(pool.usedBytes()).isEqualTo(2048 + (2 << 20));
        pool.give(small);
        pool.give(huge);
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void overwritesWhatComesBackSoThatALateReaderIsSeen() {
        ByteBuffer buffer = pool.take(2048);
        buffer.putLong(0, 1);
        pool.give(buffer);
        assertThat(buffer.get(0)).isEqualTo((byte) 0xDD); // tests run with assertions
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 65_536, 131_072})
    void overwritesAllOfWhatComesBack(int bytes) {
        ByteBuffer buffer = pool.take(bytes);
        pool.give(buffer);
        for (int i = 0; i < bytes; i += 512) {
            assertThat(buffer.get(i)).isEqualTo((byte) 0xDD);
        }
        assertThat(buffer.get(bytes - 1)).isEqualTo((byte) 0xDD);
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 65_536, 131_072})
    void seesWhoWritesToABufferThatWasGivenBack(int bytes) {
        ByteBuffer first = pool.take(bytes);
        while (pool.idleBytes() > 0) { // the rest of a slab
            pool.take(bytes);
        }
        pool.give(first);
        first.put(bytes - 1, (byte) 1);
        assertThatThrownBy(() -> pool.take(bytes)).isInstanceOf(AssertionError.class);
    }

    @Test
    void seesWhoGivesABufferBackTwice() { // KAFKA-7501
        ByteBuffer buffer = pool.take(4096);
        pool.give(buffer);
        assertThatThrownBy(() -> pool.give(buffer)).isInstanceOf(AssertionError.class);
    }

    @Test
    void doesNotKeepWhatIsLargerThanARequest() {
        pool.give(pool.take(2_000_000));
        assertThat(pool.idleBytes()).isZero();
    }

    @Test
    void keepsNoMoreThanItsBound() {
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(pool.take(1 << 20));
        }
        all.forEach(pool::give);
        assertThat(pool.idleBytes()).isLessThanOrEqualTo((64L << 20) + (1 << 20));
    }

    @Test
    void neverGivesOneBufferToTwoThreads() throws Exception {
        Set<ByteBuffer> held = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                all.add(threads.submit(() -> {
                    boolean alone = true;
                    for (int i = 0; i < 20_000; i++) {
                        ByteBuffer buffer = pool.take(3000);
                        alone &= held.add(buffer);
                        held.remove(buffer);
                        pool.give(buffer);
                    }
                    return alone;
                }));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
