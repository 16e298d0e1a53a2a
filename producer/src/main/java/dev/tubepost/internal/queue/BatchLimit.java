package dev.tubepost.internal.queue;

/**
 * How large the batches of a topic may grow, in bytes of records before compression. <em>Thread-safe;</em> of two brokers' news at once one may be
 * forgotten, which the next batch makes good.
 *
 * <p>The option says how large a batch may be on the wire. With compression it grows beyond that by as much as those before it were made smaller
 * (as in kafka-clients' {@code CompressionRatioEstimator}, which also believes bad news at once and good news slowly), but never beyond
 * what fits a request uncompressed: then nothing has to be split because an estimate was wrong.
 *
 * <p>A broker may find a batch too large (N14). It does not say what its limit is ({@code max.message.bytes}), so half of what it refused is taken for it,
 * and half of that if need be. After a while, larger batches are tried again: the limit may have been raised.
 */
public final class BatchLimit {

    /** For how long a limit that was learned holds: an hour. */
    private static final long HOLD_NANOS = 3_600_000_000_000L;

    /** No batch is made smaller than this for a refusal; single messages go alone anyway. */
    private static final int LEAST_BYTES = 512;

    /** What a batch compresses to is taken for that much more, since they differ. */
    private static final double CAUTION = 1.05;

    /** How much of the difference is believed when a batch compressed better than those before it. */
    private static final double GOOD_NEWS = 1.0 / 8;

    private static final int NOTHING_LEARNED = Integer.MAX_VALUE;

    private final int optionBytes;
    private final int largestBytes;
    private volatile int learnedBytes = NOTHING_LEARNED;
    private volatile long learnedNanos;
    private volatile double ratio = 1;
    /** What comes of the three. */
    private volatile int bytes;

    /**
     * @param optionBytes what the options allow on the wire
     * @param largestBytes what fits a request
     */
    public BatchLimit(int optionBytes, int largestBytes) {
        this.optionBytes = optionBytes;
        this.largestBytes = largestBytes;
        this.bytes = optionBytes;
    }

    /** The most bytes of records of a batch that is begun now. */
    public int bytes() {
        return bytes;
    }

    /** A batch was compressed, or found not to become smaller: then both are the same. */
    public void compressed(int recordBytes, int compressedBytes) {
        double seen = compressedBytes / (double) recordBytes;
        double before = ratio;
        ratio = seen >= before ? seen : before - (before - seen) * GOOD_NEWS;
        update();
    }

    /** A batch with so many bytes of records, before compression, was too large. */
    public void refused(int recordBytes, long nowNanos) {
        learnedNanos = nowNanos;
        learnedBytes = Math.min(bytes, Math.max(LEAST_BYTES, recordBytes / 2));
        update();
    }

    /** A batch was taken: forgets what was learned long ago. */
    public void taken(long nowNanos) {
        if (learnedBytes != NOTHING_LEARNED && nowNanos - learnedNanos > HOLD_NANOS) {
            learnedBytes = NOTHING_LEARNED;
            update();
        }
    }

    private void update() {
        long grown = (long) (optionBytes / (ratio * CAUTION));
        bytes = (int) Math.min(learnedBytes, Math.max(optionBytes, Math.min(grown, largestBytes)));
    }
}
