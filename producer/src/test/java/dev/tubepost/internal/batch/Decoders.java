package dev.tubepost.internal.batch;

import com.github.luben.zstd.ZstdInputStream;
import dev.tubepost.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.xerial.snappy.SnappyInputStream;

/** Decoders that are not ours. */
final class Decoders {

    private Decoders() {}

    /** As the stock consumer decodes a batch. */
    static byte[] byConsumer(Compression compression, byte[] compressed) throws IOException {
        var type = CompressionType.forId(compression.type().id());
        var codec = org.apache.kafka.common.compress.Compression.of(type).build();
        try (InputStream in = codec.wrapForInput(
                ByteBuffer.wrap(compressed), RecordBatch.MAGIC_VALUE_V2, BufferSupplier.NO_CACHING)) {
            return in.readAllBytes();
        }
    }

    /** As the codec's own library, or the JDK, decodes a stream. */
    static byte[] byLibrary(Compression compression, byte[] compressed) throws IOException {
        var bytes = new ByteArrayInputStream(compressed);
        InputStream stream = switch (compression.type()) {
            case NONE -> bytes;
            case GZIP -> new GZIPInputStream(bytes);
            case SNAPPY -> new SnappyInputStream(bytes);
            case LZ4 -> new LZ4FrameInputStream(bytes);
            case ZSTD -> new ZstdInputStream(bytes);
        };
        try (stream) {
            return stream.readAllBytes();
        }
    }
}
