package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @SuppressWarnings("NullAway.Init") // before all tests
    private static Cluster cluster;

    @BeforeAll
    static void makeACluster() {
        cluster = Cluster.connect("localhost:1"); // which it is never asked for
    }

    @AfterAll
    static void closeTheCluster() {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "a.b_c-D9", "...", "__consumer_offsets"})
    void acceptsWhatTheLibraryAccepts(String name) {
        assertThatCode(() -> cluster.topic(name)).doesNotThrowAnyException();
        assertThat(TopicName.checked(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("wrongNames")
    void refusesWhatTheLibraryRefuses(String name) {
        assertThatThrownBy(() -> cluster.topic(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TopicName.checked(name))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--topic '" + name + "'");
    }

    static String[] wrongNames() {
        return new String[] {"", " ", ".", "..", "my topic", "a/b", "a:b", "zürich", "t\n", "x".repeat(250)};
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 248, 249})
    void acceptsAnyLengthUpToTheLimit(int length) {
        String name = "x".repeat(length);
        assertThatCode(() -> cluster.topic(name)).doesNotThrowAnyException();
        assertThat(TopicName.checked(name)).isEqualTo(name);
    }
}
