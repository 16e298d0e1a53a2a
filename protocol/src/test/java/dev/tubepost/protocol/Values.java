package dev.tubepost.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.jspecify.annotations.Nullable;

/** Seeded random values for the fields of messages, with the edges more often than chance would have them. <em>Confined to one test.</em> */
final class Values {

    private static final int[] INTS = {0, 1, -1, 127, 128, 16_383, 16_384, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final String[] TEXTS = {
        "", "a", "topic.with-all_sorts.1", "größer", "\u65e5\u672c\u8a9e", "\uD83D\uDE80"
    };

    private final SplittableRandom random;

    Values(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean bool() {
        return random.nextBoolean();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int int32() {
        return random.nextInt(3) == 0 ? INTS[random.nextInt(INTS.length)] : random.nextInt();
    }

    short int16() {
        return (short) random.nextInt();
    }

    long int64() {
        return switch (random.nextInt(4)) {
            case 0 -> -1;
            case 1 -> Long.MAX_VALUE;
            default -> random.nextLong();
        };
    }

    String string() {
        if (random.nextInt(3) == 0) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        int length = random.nextInt(8) == 0 ? 200 : random.nextInt(20);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    @Nullable
    String nullableString() {
        return random.nextInt(4) == 0 ? null : string();
    }

    /** Never zero and never one of the few that are reserved. */
    Uuid uuid() {
        return new Uuid(random.nextLong() | 1L << 40, random.nextLong());
    }

    ByteBuffer bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    byte @Nullable [] nullableBytes(int most) {
        if (random.nextInt(4) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    <T> List<T> list(int most, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    /** Tagged fields that nobody has heard of yet. */
    List<RawTaggedField> unknownTags() {
        List<RawTaggedField> tags = new ArrayList<>();
        int tag = 100;
        for (int i = random.nextInt(3); i > 0; i--) {
            tag += 1 + random.nextInt(1_000);
            byte[] content = new byte[random.nextInt(30)];
            random.nextBytes(content);
            tags.add(new RawTaggedField(tag, content));
        }
        return tags;
    }
}
