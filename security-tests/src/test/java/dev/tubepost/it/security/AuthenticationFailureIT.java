package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tubepost.AuthenticationFailedException;
import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import dev.tubepost.it.security.fixture.StockClient;
import dev.tubepost.it.security.fixture.Wrong;
import dev.tubepost.it.security.fixture.WrongLogins;
import dev.tubepost.security.Credentials;
import dev.tubepost.security.CurrentCredentials;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.tls.testing.Certificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is not let in hears of it at once, and why; and is let in by the same producer once that is mended (F97, F100). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AuthenticationFailureIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(3);
    private static final int STOCK_PATIENCE_MS = 3_000;

    private SecuredKafka kafka;
    private WrongLogins wrong;
    private Logins logins;
    private String topic;

    @BeforeAll
    void start(@TempDir Path directory) {
        kafka = SecuredKafka.start(directory);
        wrong = new WrongLogins(kafka);
        logins = new Logins(kafka);
        topic = kafka.newTopic();
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    List<Wrong> refusedForAll() {
        return wrong.refusedForAll();
    }

    List<Wrong> refused() {
        return Stream.concat(wrong.refusedForAll().stream(), wrong.refusedForUs().stream())
                .toList();
    }

    List<Wrong> wrongPorts() {
        return wrong.wrongPorts();
    }

    @ParameterizedTest
    @MethodSource("refusedForAll")
    void theBrokerRefusesApachesOwnProducer(Wrong wrong) {
        var failure = catchThrowable(() -> StockClient.send(
                wrong.login(), kafka.address(wrong.login().listener()), topic, "never", STOCK_PATIENCE_MS));
        assertThat(failure)
                .rootCause()
                .satisfies(cause -> assertThat(chain(failure)).anyMatch(AuthenticationException.class::isInstance));
    }

    private static List<Throwable> chain(Throwable failure) {
        return Stream.<Throwable>iterate(failure, java.util.Objects::nonNull, Throwable::getCause)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wrongPorts")
    void apachesOwnProducerIsToldNothingAtAWrongPort(Wrong wrong) {
        var failure = catchThrowable(() -> StockClient.send(
                wrong.login(), kafka.address(wrong.login().listener()), topic, "never", STOCK_PATIENCE_MS));
        assertThat(chain(failure)).anyMatch(e -> e instanceof TimeoutException || e instanceof AuthenticationException);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void tellsEachMessageAtOnceWhyItIsNotLetIn(Wrong wrong) throws Exception {
        try (var sending = Sending.open(kafka, wrong.login(), topic, LONG)) {
            var failure = sending.failure("never", SOON);
            assertThat(failure).isInstanceOf(AuthenticationFailedException.class);
            assertThat(failure.isRetriable()).isFalse();
            explains(failure, wrong);
            assertThat(failure.elapsed()).isLessThan(SOON);
        }
    }

    @ParameterizedTest
    @MethodSource("wrongPorts")
    void saysAtTheTimeoutThatThePortIsWrong(Wrong wrong) throws Exception {
        try (var sending = Sending.open(kafka, wrong.login(), topic, SHORT)) {
            var failure = sending.failure("never", SOON);
            assertThat(failure).isInstanceOfAny(DeliveryTimeoutException.class, AuthenticationFailedException.class);
            explains(failure, wrong);
        }
    }

    private void explains(DeliveryException failure, Wrong wrong) {
        assertThat(failure.maybeWritten()).isFalse();
        assertThat(failure.getMessage()).contains(kafka.address(wrong.login().listener()));
        assertThat(wrong.words())
                .allSatisfy(word -> assertThat(failure.getMessage()).containsIgnoringCase(word));
    }

    @Test
    void writesNothingOfWhatWasRefused() throws Exception {
        var own = kafka.newTopic();
        for (var each : refused()) {
            try (var sending = Sending.open(kafka, each.login(), own, LONG)) {
                sending.failure("never", SOON);
            }
        }
        assertThat(kafka.values(own)).isEmpty();
    }

    @Test
    void deliversOnceThePasswordIsMendedAtTheBroker() throws Exception {
        kafka.kafka().setScramPassword("bob", "another");
        var own = kafka.newTopic();
        try (var sending = Sending.open(kafka, logins.scram256("bob", "right"), own, LONG)) {
            assertThat(sending.failure("before", SOON)).isInstanceOf(AuthenticationFailedException.class);
            kafka.kafka().setScramPassword("bob", "right");
            sending.deliverEventually("after", SOON);
        }
        assertThat(kafka.values(own)).containsExactly("after");
    }

    @Test
    void deliversOnceTheCredentialsAreExchanged() throws Exception {
        var credentials = new CurrentCredentials(new Credentials(SecuredKafka.USER, Secret.of("wrong")));
        var login = logins.sasl(Map.of(), new SaslOptions.Plain(credentials));
        var own = kafka.newTopic();
        try (var sending = Sending.open(kafka, login, own, LONG)) {
            assertThat(sending.failure("before", SOON)).isInstanceOf(AuthenticationFailedException.class);
            credentials.exchange(new Credentials(SecuredKafka.USER, Secret.of(SecuredKafka.PASSWORD)));
            sending.deliverEventually("after", SOON);
        }
        assertThat(kafka.values(own)).containsExactly("after");
    }

    @Test
    void deliversOnceTheClientsCertificateIsReplaced() throws Exception {
        var key = kafka.writeKey("replaced.pem", Certificates.named("client").issuedBy(kafka.stranger()));
        var own = kafka.newTopic();
        try (var sending = Sending.open(kafka, logins.mutualTls(key), own, LONG)) {
            assertThat(sending.failure("before", SOON)).isInstanceOf(AuthenticationFailedException.class);
            kafka.writeKey("replaced.pem", kafka.client());
            sending.deliverEventually("after", SOON);
        }
        assertThat(kafka.values(own)).containsExactly("after");
    }

    @Test
    void deliversOnceTheBrokersCertificateIsReplaced() throws Exception {
        var login = logins.tls().at(SecuredKafka.MENDED);
        var own = kafka.newTopic();
        Assertions.assertThatThrownBy(
                        () -> StockClient.send(login, kafka.address(login.listener()), own, "never", STOCK_PATIENCE_MS))
                .hasCauseInstanceOf(AuthenticationException.class);
        try (var sending = Sending.open(kafka, login, own, LONG)) {
            assertThat(sending.failure("before", SOON)).isInstanceOf(AuthenticationFailedException.class);
            kafka.kafka()
                    .exchangeKeyStore(
                            SecuredKafka.MENDED,
                            kafka.keyStore("mended", SecuredKafka.broker().issuedBy(kafka.authority())));
            sending.deliverEventually("after", SOON);
        }
        assertThat(kafka.values(own)).containsExactly("after");
    }
}
