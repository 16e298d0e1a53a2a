package dev.tubepost.internal.batch;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A buffer that goes from hand to hand through the pool takes its position and its bytes along. */
@JCStressTest
@Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "another buffer: this one has not come back yet")
@Outcome(id = "7, 0", expect = ACCEPTABLE, desc = "the buffer, with what its last holder wrote, and cleared")
@Outcome(expect = FORBIDDEN, desc = "the buffer before its last holder was done")
@State
public class BufferHandOver {

    private final BufferPool pool = new BufferPool();
    private final ByteBuffer buffer = ByteBuffer.allocate(BufferPool.MIN_BYTES);

    {
        pool.take(BufferPool.MIN_BYTES * 2); // so that the count of what is in use stays positive
    }

    @Actor
    public void worker() {
        buffer.put((byte) 7);
        pool.give(buffer);
    }

    @Actor
    public void caller(II_Result result) {
        ByteBuffer taken = pool.take(BufferPool.MIN_BYTES);
        result.r1 = taken == buffer ? taken.get(0) : -1;
        result.r2 = taken.position();
    }
}
