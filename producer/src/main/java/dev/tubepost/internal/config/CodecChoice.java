package dev.tubepost.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * A codec by name, with the level that was asked for. <em>Immutable.</em>
 *
 * @param codec {@code none}, {@code gzip}, {@code snappy}, {@code lz4} or {@code zstd}
 * @param level the level, not checked; null if none was given
 */
public record CodecChoice(String codec, @Nullable Integer level) {

    @Override
    public String toString() {
        return level == null ? codec : codec + ":" + level;
    }
}
