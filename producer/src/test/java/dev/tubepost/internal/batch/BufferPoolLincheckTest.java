package dev.tubepost.internal.batch;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No byte of the pool is in two hands, and all come back. */
@Tag("interleavings")
final class BufferPoolLincheckTest {

    private static final int BYTES = BufferPool.MAX_BYTES / 2; // two to a slab

    @Test
    void nobodyHoldsWhatAnotherHolds() {
        explore(() -> {
            var pool = new BufferPool();
            ByteBuffer mine = pool.take(BYTES);
            together(
                    () -> {
                        useAndGive(pool, pool.take(BYTES), 1);
                        useAndGive(pool, pool.take(BYTES), 2);
                    },
                    () -> useAndGive(pool, pool.take(BYTES), 3),
                    () -> useAndGive(pool, mine, 4));
            require(pool.usedBytes() == 0, "all came back");
            require(pool.idleBytes() % BufferPool.MAX_BYTES == 0, "whole slabs lie idle");
        });
    }

    private static void useAndGive(BufferPool pool, ByteBuffer buffer, int who) {
        require(buffer.position() == 0 && buffer.remaining() == BYTES, "it is cleared");
        buffer.putInt(0, who);
        buffer.putInt(BYTES - 4, -who);
        require(buffer.getInt(0) == who && buffer.getInt(BYTES - 4) == -who, "nobody else wrote");
        pool.give(buffer);
    }
}
