package dev.tubepost.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What is sent: seeded lines that compress about as JSON does. <em>Stateless.</em> */
public final class Values {

    /** How many different values a load sends, in turn; a power of two. */
    public static final int DIFFERENT = 1024;

    /** As many when they are compressed: a batch that holds one twice, as data of the world seldom do, would look as if it were compressed better. */
    private static final int DIFFERENT_COMPRESSED = 8 * DIFFERENT;

    private Values() {}

    /** What a load with these options sends. */
    static byte[][] of(ClientOptions options) {
        return lines(options.compression().equals("none") ? DIFFERENT : DIFFERENT_COMPRESSED, options.size());
    }

    /** Lines of the same size, the same ones in every process. */
    public static byte[][] lines(int count, int size) {
        Random random = new Random(1);
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            StringBuilder text = new StringBuilder(size + 64);
            while (text.length() < size) {
                text.append("{\"id\":").append(random.nextInt(1_000_000)).append(",\"user\":\"u");
                text.append(random.nextInt(5000))
                        .append("\",\"amount\":")
                        .append(random.nextInt(10_000))
                        .append('}');
            }
            values[i] = text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
        }
        return values;
    }
}
