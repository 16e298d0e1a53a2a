package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.ClusterOptions;
import dev.tubepost.DeliveryException;
import dev.tubepost.it.security.fixture.Login;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.Recorder;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import dev.tubepost.it.security.fixture.Wrong;
import dev.tubepost.it.security.fixture.WrongLogins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No byte of a {@code Produce} leaves for a broker that has not proven who it is, or does not know us (F97, F100): the message is so large that a connection
 * that carried a part of it would stand out, encrypted or not.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NothingToStrangersIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final int MESSAGE_CHARS = 256 << 10;

    /** What is said on a connection until it is known who is at its ends: certificates, proofs, a token. */
    private static final long MOST_BYTES = 16 << 10;

    private final Recorder recorder = Recorder.start();
    private final String message = large();
    private SecuredKafka kafka;
    private String topic;

    private static String large() {
        var random = new Random(1);
        return random.ints(MESSAGE_CHARS, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        kafka = SecuredKafka.advertising(
                directory, List.of(SecuredKafka.TLS, SecuredKafka.SASL_TLS), recorder.address());
        topic = kafka.newTopic();
    }

    @AfterAll
    void stop() {
        recorder.close();
        kafka.close();
    }

    List<Wrong> wrong() {
        var wrong = new WrongLogins(kafka);
        return Stream.of(wrong.refusedForAll(), wrong.refusedForUs(), wrong.wrongPorts())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whoIsNotLetInSendsNoMessage(Wrong wrong) throws Exception {
        recorder.cut();
        try (var sending = open(wrong.login(), SHORT)) {
            assertThat(sending.failure(message, SOON)).isInstanceOf(DeliveryException.class);
        }
        assertThat(recorder.sent()).allMatch(bytes -> bytes < MOST_BYTES);
    }

    @Test
    void aLeaderThatIsSuddenlySomebodyElseGetsNoMessage() throws Exception {
        deliversUntilItsLeaderIs(SecuredKafka.UNKNOWN, new Logins(kafka).tls());
    }

    @Test
    void aLeaderThatDoesNotKnowUsAnyMoreGetsNoMessage() throws Exception {
        deliversUntilItsLeaderIs(
                SecuredKafka.ONLY_SCRAM, new Logins(kafka).plain(SecuredKafka.USER, SecuredKafka.PASSWORD));
    }

    private void deliversUntilItsLeaderIs(String elsewhere, Login login) throws Exception {
        try (var sending = open(login, Duration.ofMinutes(1))) {
            recorder.cut();
            sending.deliver(message);
            assertThat(recorder.sent()).anyMatch(bytes -> bytes > MESSAGE_CHARS); // else nothing is seen here

            recorder.leadingTo(kafka.address(elsewhere)).cut();
            assertThat(sending.failure(message, SOON)).isInstanceOf(AuthenticationFailedException.class);
            assertThat(recorder.sent()).isNotEmpty().allMatch(bytes -> bytes < MOST_BYTES);
        }
    }

    private Sending open(Login login, Duration deliveryTimeout) {
        recorder.leadingTo(kafka.address(login.listener()));
        var options = login.options().apply(ClusterOptions.builder(recorder.address()));
        return Sending.open(options.build(), topic, deliveryTimeout);
    }
}
