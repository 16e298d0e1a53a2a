package dev.tubepost.internal.queue;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The buffer that a caller has got for a message, charged to the admission that its queue had then. <em>Confined to the caller,</em> who takes it back if
 * the message came in without it, or not at all.
 */
public final class BroughtBuffer {

    private @Nullable ByteBuffer buffer;
    private @Nullable Admission charged;

    /** The caller has got one. */
    public void bring(ByteBuffer got, Admission chargedTo) {
        if (buffer != null) {
            throw new IllegalStateException("one buffer at a time, or nobody would take the other back");
        }
        buffer = got;
        charged = chargedTo;
    }

    /** Under the queue's lock: the buffer; null if there is none, it is too small, or another's charge. */
    @Nullable
    ByteBuffer fitting(int minBytes, Admission of) {
        ByteBuffer brought = buffer;
        return brought == null || brought.capacity() < minBytes || charged != of ? null : brought;
    }

    /** Under the queue's lock: it is the queue's from now on. */
    void handedOver() {
        buffer = null;
    }

    /** The buffer that was not used, which is the caller's again; null if there is none. */
    public @Nullable ByteBuffer takeBack() {
        ByteBuffer unused = buffer;
        buffer = null;
        return unused;
    }

    /** What the buffer was charged to; null if there never was one. */
    public @Nullable Admission charged() {
        return charged;
    }
}
