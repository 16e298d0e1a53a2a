package dev.tubepost;

import java.util.Locale;
import java.util.Objects;

/**
 * How record batches are compressed: a codec and its level. <em>Immutable.</em>
 *
 * <p>Whole batches are compressed in one shot; a batch that would not get smaller is sent uncompressed. Every stock consumer reads
 * all of them. {@code none} and {@code gzip} need nothing; {@code snappy}, {@code lz4} and {@code zstd} need an optional library, which is loaded and
 * tried out when a producer or session is made: that throws an {@link InvalidOptionsException} if the library is missing, or does not work here.
 */
public final class Compression {

    /** The codecs, with the numbers that record batches carry. */
    public enum Type {
        NONE(0),
        GZIP(1),
        SNAPPY(2),
        LZ4(3),
        ZSTD(4);

        private final int id;

        Type(int id) {
            this.id = id;
        }

        /** The number in a record batch's attributes, which is also the specification's. */
        public int id() {
            return id;
        }
    }

    /** gzip's level that leaves the choice to the JDK (6 at present). */
    public static final int GZIP_DEFAULT_LEVEL = -1;

    /** lz4's fast compressor; any other level is its high-compression one. */
    public static final int LZ4_FAST_LEVEL = 0;

    /** zstd's level 1: on batches of JSON it was both faster and smaller than zstd's own default, 3. */
    public static final int ZSTD_DEFAULT_LEVEL = 1;

    private static final Compression NONE = new Compression(Type.NONE, 0);
    private static final Compression SNAPPY = new Compression(Type.SNAPPY, 0);

    private final Type type;
    private final int level;

    private Compression(Type type, int level) {
        this.type = type;
        this.level = level;
    }

    /** No compression: the default. */
    public static Compression none() {
        return NONE;
    }

    /** gzip by the JDK, at its default level. */
    public static Compression gzip() {
        return gzip(GZIP_DEFAULT_LEVEL);
    }

    /**
     * gzip by the JDK.
     *
     * @param level 1 (fast) to 9 (small), or -1: the JDK's choice
     * @throws IllegalArgumentException if it is anything else
     */
    public static Compression gzip(int level) {
        if (level != GZIP_DEFAULT_LEVEL) {
            check("gzip", level, 1, 9, " or -1 (the JDK's choice)");
        }
        return new Compression(Type.GZIP, level);
    }

    /** snappy, which has no levels; needs {@code org.xerial.snappy:snappy-java}. */
    public static Compression snappy() {
        return SNAPPY;
    }

    /** lz4 by its fast compressor; needs {@code at.yawk.lz4:lz4-java}. */
    public static Compression lz4() {
        return lz4(LZ4_FAST_LEVEL);
    }

    /**
     * lz4; needs {@code at.yawk.lz4:lz4-java}.
     *
     * @param level 0: the fast compressor; 1 to 17: the high-compression one, about ten times slower
     * @throws IllegalArgumentException if it is anything else
     */
    public static Compression lz4(int level) {
        check("lz4", level, LZ4_FAST_LEVEL, 17, " (0: the fast compressor)");
        return new Compression(Type.LZ4, level);
    }

    /** zstd at level {@value #ZSTD_DEFAULT_LEVEL}; needs {@code com.github.luben:zstd-jni}. */
    public static Compression zstd() {
        return zstd(ZSTD_DEFAULT_LEVEL);
    }

    /**
     * zstd; needs {@code com.github.luben:zstd-jni}.
     *
     * @param level -131072 (fastest) to 22 (smallest); 0 means zstd's own default, 3
     * @throws IllegalArgumentException if it is anything else
     */
    public static Compression zstd(int level) {
        check("zstd", level, -131072, 22, "");
        return new Compression(Type.ZSTD, level);
    }

    private static void check(String codec, int level, int least, int most, String more) {
        if (level < least || level > most) {
            throw new IllegalArgumentException(codec + " level " + level + ": must be " + least + " to " + most + more);
        }
    }

    /** The codec. */
    public Type type() {
        return type;
    }

    /** The level; 0 for codecs without levels. */
    public int level() {
        return level;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Compression that && type == that.type && level == that.level;
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, level);
    }

    @Override
    public String toString() {
        String name = type.name().toLowerCase(Locale.ROOT);
        return level == 0 || (type == Type.GZIP && level == GZIP_DEFAULT_LEVEL) ? name : name + ":" + level;
    }
}
