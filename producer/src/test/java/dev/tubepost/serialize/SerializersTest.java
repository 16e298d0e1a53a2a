package dev.tubepost.serialize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.junit.jupiter.api.Test;

final class SerializersTest {

    @Test
    void bytesArePassedOnAsTheyAre() {
        byte[] bytes = {1, 2};

        assertThat(Serializers.bytes().serializeKey(bytes)).isSameAs(bytes);
        assertThat(Serializers.bytes().serializeValue(bytes)).isSameAs(bytes);
    }

    @Test
    void nullStaysNullAndEmptyStaysEmpty() {
        assertThat(Serializers.bytes().serializeValue(null)).isNull();
        assertThat(Serializers.utf8().serializeKey(null)).isNull();
        assertThat(Serializers.utf8().serializeValue(null)).isNull();
        assertThat(Serializers.utf8().serializeValue("")).isEmpty();
    }

    @Test
    void aFunctionIsNeverCalledWithNull() {
        Serializer<Object, Object> serializer = Serializer.of(
                key -> {
                    throw new AssertionError(key);
                },
                value -> {
                    throw new AssertionError(value);
                });

        assertThat(serializer.serializeKey(null)).isNull();
        assertThat(serializer.serializeValue(null)).isNull();
    }

    @Test
    void keysAndValuesHaveFunctionsOfTheirOwn() {
        Serializer<Long, String> serializer = Serializer.of(Serializers.ofLong(), Serializers.ofUtf8());

        assertThat(serializer.serializeKey(258L)).containsExactly(0, 0, 0, 0, 0, 0, 1, 2);
        assertThat(serializer.serializeValue("é")).isEqualTo("é".getBytes(UTF_8));
        assertThat(Serializer.of(Serializers.ofBytes(), Serializers.ofBytes()).serializeKey(new byte[] {7}))
                .containsExactly(7);
    }

    @Test
    void whatAFunctionThrowsReachesTheCaller() {
        Serializer<String, String> serializer = Serializer.of(Serializers.ofUtf8(), value -> {
            throw new IllegalStateException("cannot");
        });

        assertThatThrownBy(() -> serializer.serializeValue("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cannot");
    }

    @Test
    void theBytesAreThoseOfKafkaClients() {
        Random random = new Random(5);
        try (LongSerializer longs = new LongSerializer();
                IntegerSerializer integers = new IntegerSerializer();
                StringSerializer strings = new StringSerializer();
                UUIDSerializer uuids = new UUIDSerializer()) {
            for (int i = 0; i < 1000; i++) {
                long number = random.nextLong();
                UUID uuid = new UUID(number, random.nextLong());
                String text = new String(random.ints(10, 0, 0x11000).toArray(), 0, 10);
                assertThat(Serializers.ofLong().apply(number)).isEqualTo(longs.serialize("t", number));
                assertThat(Serializers.ofInteger().apply((int) number))
                        .isEqualTo(integers.serialize("t", (int) number));
                assertThat(Serializers.ofUuid().apply(uuid)).isEqualTo(uuids.serialize("t", uuid));
                assertThat(Serializers.ofUtf8().apply(text)).isEqualTo(strings.serialize("t", text));
            }
        }
    }
}
