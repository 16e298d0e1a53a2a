package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EmbeddedKafkaBuilderTest {
    private final EmbeddedKafkaBuilder builder = EmbeddedKafka.builder();

    @Test
    void rejectsNumbersOfBrokersThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.brokers(0))
                .withMessageContaining("1 to 999, not 0");
    }

    @Test
    void rejectsSettingsThatAreTheClustersOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.config("listeners", "PLAINTEXT://:9092"))
                .withMessageContaining("listener(...)");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.brokerConfig(1, "node.id", "7"));
    }

    @Test
    void rejectsSettingsForABrokerThatIsNotThere() {
        builder.brokers(2).brokerConfig(3, "num.io.threads", "1");

        assertThatIllegalArgumentException()
                .isThrownBy(builder::start)
                .withMessage("There is no broker 3 among 1 to 2");
    }

    @Test
    void rejectsAnAdvertisedAddressOfAListenerThatIsNotThere() {
        builder.advertise(1, "PROXIED", "proxy:1");

        assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining("no listener PROXIED");
    }

    @Test
    void rejectsASecondListenerOfTheSameName() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.listener("PLAINTEXT", "SSL"));
    }

    @Test
    void rejectsADirectoryThatIsTemporaryAndNot() {
        builder.directory(Path.of("a")).temporaryIn(Path.of("b"));

        assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining("temporaryIn");
    }

    @Test
    void rejectsATimeoutThatIsOverAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.startTimeout(Duration.ZERO));
    }
}
