package dev.tubepost.testkit.env;

/**
 * The fingerprint of a run: of everything that ran, in order, and when. <em>Confined to the run's thread.</em> Two runs of one seed that differ in
 * anything differ here.
 */
public final class Trace {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long hash = FNV_OFFSET;

    /** Something happened. Only values that are the same in every run may go in: no identity hash codes, no real time. */
    public void add(String what, long detail) {
        mix(what.hashCode());
        mix(detail);
    }

    private void mix(long value) {
        hash = (hash ^ value) * FNV_PRIME;
        hash ^= hash >>> 29;
    }

    public long hash() {
        return hash;
    }
}
