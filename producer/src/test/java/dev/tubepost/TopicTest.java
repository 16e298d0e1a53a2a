package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a topic may be called, as Kafka's own check has it. */
final class TopicTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "...",
                "t",
                "a.b_c-D9",
                "my topic",
                "a/b",
                "a:b",
                "zürich",
                "t\n",
                "__consumer_offsets"
            })
    void aNameIsLegalIfKafkaSaysSo(String name) {
        assertLikeKafka(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 248, 249, 250})
    void aNameHasItsLength(int length) {
        assertLikeKafka("x".repeat(length));
    }

    @Test
    void eachSignIsLegalIfKafkaSaysSo() {
        for (char sign = 0; sign < 256; sign++) {
            assertLikeKafka("a" + sign);
        }
    }

    private static void assertLikeKafka(String name) {
        if (org.apache.kafka.common.internals.Topic.isValid(name)) {
            assertThat(Topic.checkedName(name)).isEqualTo(name);
        } else {
            assertThatThrownBy(() -> Topic.checkedName(name))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 249 letters");
        }
    }
}
