package dev.tubepost.testkit.broker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** A fingerprint of what a message holds: key, value and headers (I2). <em>Static, without state.</em> */
public final class Content {

    private Content() {}

    /** Of what a caller handed over; never 0, which stands for what nobody looked at. */
    public static long of(@Nullable String key, String value, Map<String, byte[]> headers) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        return of(
                keyBytes == null ? null : ByteBuffer.wrap(keyBytes),
                ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)),
                headers);
    }

    static long of(@Nullable ByteBuffer key, ByteBuffer value, Map<String, byte[]> headers) {
        var ofValue = new CRC32();
        ofValue.update(value.duplicate());
        var ofRest = new CRC32();
        if (key != null) {
            ofRest.update(1);
            ofRest.update(key.duplicate());
        }
        headers.forEach((name, bytes) -> {
            ofRest.update(2);
            ofRest.update(name.getBytes(StandardCharsets.UTF_8));
            ofRest.update(bytes);
        });
        return (1L << 63) | ((ofValue.getValue() << 31) ^ ofRest.getValue());
    }
}
