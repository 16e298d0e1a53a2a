package dev.tubepost.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The keys and headers of messages, if they have any: made beforehand, for both clients alike. <em>Immutable.</em> */
final class Keys {

    static final String HEADER = "trace";

    private static final int HEADER_BYTES = 16;
    private static final int DIFFERENT = 1024;

    private final byte[][] keys;
    private final byte[] headerValue = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private final int headers;

    Keys(ClientOptions options) {
        keys = options.keyBytes() == 0 ? new byte[0][] : Values.lines(DIFFERENT, options.keyBytes());
        headers = options.headers();
        assert headerValue.length == HEADER_BYTES;
    }

    boolean areUsed() {
        return keys.length > 0 || headers > 0;
    }

    /** Any of the keys; null if there are none. */
    byte @Nullable [] next() {
        return keys.length == 0 ? null : keys[ThreadLocalRandom.current().nextInt(keys.length)];
    }

    int headers() {
        return headers;
    }

    byte[] headerValue() {
        return headerValue;
    }
}
