package dev.tubepost.protocol;

/**
 * Versions of a message, both ends included. <em>Immutable.</em>
 *
 * @param min the oldest
 * @param max the newest
 */
public record VersionRange(int min, int max) {

    /** The newest version that both ranges have, or -1. */
    public int newestCommon(VersionRange other) {
        int newest = Math.min(max, other.max);
        return newest >= Math.max(min, other.min) ? newest : -1;
    }

    public boolean contains(int version) {
        return version >= min && version <= max;
    }

    @Override
    public String toString() {
        return min + "-" + max;
    }
}
