package dev.tubepost.internal.batch;

import dev.tubepost.Compression;
import dev.tubepost.InvalidOptionsException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes compressors, and says what to add where a codec's library is missing. <em>Thread-safe.</em>
 *
 * <p>The optional libraries are touched only by the contexts that this class makes, so that a producer without compression, or with
 * gzip, loads none of them.
 */
public final class Compressors {

    private Compressors() {}

    /**
     * A compressor, which has compressed a byte already: a library that is missing or does not work shows now, at the caller, and not
     * later on a worker (F78).
     *
     * @return null for {@link Compression.Type#NONE}
     * @throws InvalidOptionsException if the codec's library is missing, or does not work on this platform
     */
    public static @Nullable Compressor of(Compression compression) {
        try {
            Compressor compressor = create(compression);
            if (compressor != null) {
                tryOut(compressor);
            }
            return compressor;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Exception | Error e) {
            // Libraries that do not load throw errors of many kinds, snappy one of its own.
            throw unusable(compression.type(), e);
        }
    }

    private static @Nullable Compressor create(Compression compression) {
        int level = compression.level();
        return switch (compression.type()) {
            case NONE -> null;
            case GZIP ->
                new PooledCompressor(compression, GzipContext::maxCompressedSize, () -> new GzipContext(level));
            case SNAPPY -> new PooledCompressor(compression, SnappyContext::maxCompressedSize, SnappyContext::new);
            case LZ4 -> new PooledCompressor(compression, Lz4Context::maxCompressedSize, () -> new Lz4Context(level));
            case ZSTD ->
                new PooledCompressor(compression, ZstdContext::maxCompressedSize, () -> new ZstdContext(level));
        };
    }

    private static void tryOut(Compressor compressor) {
        ByteBuffer[] oneByte = {ByteBuffer.allocateDirect(1)};
        ByteBuffer target = ByteBuffer.allocateDirect(compressor.maxCompressedSize(1));
        if (!compressor.compress(oneByte, 1, target)) {
            throw new IllegalStateException("one byte becomes more than " + target.capacity());
        }
    }

    private static InvalidOptionsException unusable(Compression.Type type, Throwable cause) {
        String option = "compression=" + type.name().toLowerCase(Locale.ROOT);
        var exception = new InvalidOptionsException(
                List.of(isMissing(cause) ? missing(option, type) : broken(option, type, cause)));
        exception.addSuppressed(cause);
        return exception;
    }

    private static boolean isMissing(Throwable cause) {
        return cause instanceof NoClassDefFoundError && cause.getCause() instanceof ClassNotFoundException;
    }

    private static String missing(String option, Compression.Type type) {
        boolean onModulePath = Compressors.class.getModule().isNamed();
        return option + " needs a library that is not there: add " + artifact(type)
                + (onModulePath ? " and run java with --add-modules " + module(type) : "")
                + ", or use gzip, which needs none";
    }

    private static String broken(String option, Compression.Type type, Throwable cause) {
        String tmpdir = System.getProperty("java.io.tmpdir");
        return option + ": " + artifact(type) + " does not work on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + " (" + cause + "); its native library is unpacked into "
                + "java.io.tmpdir and run from there, so allow that in " + tmpdir
                + " or set another directory, or use gzip, which needs no library";
    }

    private static String artifact(Compression.Type type) {
        return switch (type) {
            case SNAPPY -> "org.xerial.snappy:snappy-java (1.1.10.10 or newer)";
            case LZ4 -> "at.yawk.lz4:lz4-java (1.11.1 or newer)";
            case ZSTD -> "com.github.luben:zstd-jni (1.5.7-17 or newer)";
            case NONE, GZIP -> "java.util.zip";
        };
    }

    private static String module(Compression.Type type) {
        return switch (type) {
            case SNAPPY -> "org.xerial.snappy";
            case LZ4 -> "org.lz4.java";
            case ZSTD -> "com.github.luben.zstd_jni";
            case NONE, GZIP -> "java.base";
        };
    }
}
