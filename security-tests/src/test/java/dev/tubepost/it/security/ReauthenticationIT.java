package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.Message;
import dev.tubepost.it.security.fixture.Login;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection goes on when its session ends: it is authenticated anew, in order, without another one (KIP-368, F99). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReauthenticationIT {

    /** The last twentieth of it, at the least, is for a machine that is busy: what is late then is closed by the broker. */
    private static final Duration SESSION = Duration.ofSeconds(5);

    private static final Duration LOAD = Duration.ofSeconds(11);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long PAUSE_NANOS = 2_000_000L;

    private SecuredKafka kafka;
    private Logins logins;

    @BeforeAll
    void start(@TempDir Path directory) {
        kafka = SecuredKafka.start(directory, listener -> listener.maxReauth(SESSION));
        logins = new Logins(kafka);
    }

    @AfterAll
    void stop() {
        kafka.close();
    }

    List<Login> logins() {
        return List.of(
                logins.scram256(SecuredKafka.USER, SecuredKafka.PASSWORD), logins.tokenProvider(Duration.ofSeconds(8)));
    }

    @ParameterizedTest
    @MethodSource("logins")
    void losesAndReordersNothingUnderLoad(Login login) throws Exception {
        var topic = kafka.newTopic();
        double reauthenticated = metric("successful-reauthentication-total");
        List<Message<String, String>> messages = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        try (var sending = Sending.open(kafka, login, topic, LONG)) {
            sending.deliver("first");
            sent.add("first");
            double connections = metric("connection-creation-total");
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < LOAD.toNanos()) {
                sent.add(Integer.toString(sent.size()));
                messages.add(sending.producer().produce(sent.get(sent.size() - 1)));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            for (var message : messages) {
                message.delivered().get(LONG.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(metric("connection-creation-total")).isEqualTo(connections);
        }
        assertThat(kafka.values(topic)).isEqualTo(sent);
        assertThat(metric("successful-reauthentication-total")).isGreaterThan(reauthenticated);
        assertThat(metric("expired-connections-killed-count")).isZero();
    }

    @Test
    void goesOnAfterAConnectionWasIdle() throws Exception {
        var topic = kafka.newTopic();
        var login = logins.scram512(SecuredKafka.USER, SecuredKafka.PASSWORD);
        try (var sending = Sending.open(kafka, login, topic, LONG)) {
            sending.deliver("before");
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < 2 * SESSION.toNanos()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            sending.deliver("after");
        }
        assertThat(kafka.values(topic)).containsExactly("before", "after");
        assertThat(metric("expired-connections-killed-count")).isZero();
    }

    /** The sum over the network threads of the listener with SASL over TLS. */
    private static double metric(String attribute) throws Exception {
        var server = ManagementFactory.getPlatformMBeanServer();
        var pattern = "kafka.server:type=socket-server-metrics,listener=" + SecuredKafka.SASL_TLS + ",*";
        var names = server.queryNames(new ObjectName(pattern), null);
        double sum = 0;
        for (var name : names) {
            var value = server.getAttributes(name, new String[] {attribute}).asList();
            sum += value.isEmpty() ? 0 : ((Number) value.get(0).getValue()).doubleValue();
        }
        assertThat(names).isNotEmpty();
        return sum;
    }
}
