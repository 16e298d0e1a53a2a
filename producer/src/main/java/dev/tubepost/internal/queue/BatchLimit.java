package dev.tubepost.internal.queue;

/**
 * How large the batches of a topic may grow: as the options say, until a broker finds one too large (N14). <em>Thread-safe.</em> A broker
 * does not say what its limit is ({@code max.message.bytes}), so half of what it refused is taken for it, and half of that if need be. After
 * a while, larger batches are tried again: the limit may have been raised.
 */
public final class BatchLimit {

    /** For how long a limit that was learned holds: an hour. */
    private static final long HOLD_NANOS = 3_600_000_000_000L;

    /** No batch is made smaller than this for a refusal; single messages go alone anyway. */
    private static final int LEAST_BYTES = 512;

    private final int optionBytes;
    private volatile int bytes;
    private volatile long learnedNanos;

    /**
     * @param optionBytes what the options allow
     */
    public BatchLimit(int optionBytes) {
        this.optionBytes = optionBytes;
        this.bytes = optionBytes;
    }

    /** The most bytes of records of a batch that is begun now. */
    public int bytes() {
        return bytes;
    }

    /** A batch with so many bytes of records, before compression, was too large. */
    public void refused(int recordBytes, long nowNanos) {
        learnedNanos = nowNanos;
        bytes = Math.min(bytes, Math.max(LEAST_BYTES, recordBytes / 2));
    }

    /** A batch was taken: forgets what was learned long ago. */
    public void taken(long nowNanos) {
        if (bytes != optionBytes && nowNanos - learnedNanos > HOLD_NANOS) {
            bytes = optionBytes;
        }
    }
}
