package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClientConfig;
import dev.tubepost.ClusterOptions;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.it.security.fixture.Login;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import dev.tubepost.it.security.fixture.WrongLogins;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.Secret;
import dev.tubepost.security.StoreType;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is in any log at any level, in any exception or in any text about options (I24). */
final class CanaryIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(3);

    @Test
    void tellsNoSecretWhetherItIsLetInOrNot(@TempDir Path directory) throws Exception {
        var told = new StringWriter();
        var log = new ByteArrayOutputStream();
        var before = System.err;
        List<String> secrets;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var kafka = SecuredKafka.start(directory)) {
            var topic = kafka.newTopic();
            for (var login : right(kafka)) {
                tellOptions(kafka, login, told);
                try (var sending = Sending.open(kafka, login, topic, LONG)) {
                    sending.deliver("hello");
                }
            }
            var wrong = new WrongLogins(kafka);
            for (var each : wrong.refusedForAll()) {
                tellFailure(kafka, each.login(), topic, LONG, told);
            }
            for (var each : wrong.refusedForUs()) {
                tellFailure(kafka, each.login(), topic, LONG, told);
            }
            for (var each : wrong.wrongPorts()) {
                tellFailure(kafka, each.login(), topic, SHORT, told);
            }
            tellFailure(kafka, stores(kafka, SecuredKafka.CANARY + "-another-store"), topic, SHORT, told);
            secrets = secrets(kafka);
        } finally {
            System.setErr(before);
        }
        var all = log.toString(StandardCharsets.UTF_8) + told;
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("dev.tubepost"); // else nothing was looked at
        assertThat(secrets).filteredOn(all::contains).isEmpty();
    }

    private static List<Login> right(SecuredKafka kafka) {
        var logins = new Logins(kafka);
        List<Login> all = new ArrayList<>(logins.all());
        all.add(logins.tokenProvider(Duration.ofHours(1)));
        all.add(stores(kafka, SecuredKafka.STORE_PASSWORD));
        return all;
    }

    /** Mutual TLS with stores that have passwords. */
    private static Login stores(SecuredKafka kafka, String password) {
        var trust = kafka.trustStore();
        var key = kafka.keyStore("client-store", kafka.client()).file();
        var secret = Secret.of(password);
        var names = Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.location",
                trust.toString(),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.password",
                password,
                "ssl.keystore.location",
                key.toString(),
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.password",
                password);
        var tls = TlsOptions.builder()
                .trust(new TrustSource.Store(trust, StoreType.PKCS12, secret))
                .key(new KeySource.Store(key, StoreType.PKCS12, secret, null))
                .build();
        return new Login("stores", SecuredKafka.MTLS, names, builder -> builder.tls(tls));
    }

    private static void tellFailure(
            SecuredKafka kafka, Login login, String topic, Duration deliveryTimeout, StringWriter told)
            throws Exception {
        tellOptions(kafka, login, told);
        try (var sending = Sending.open(kafka, login, topic, deliveryTimeout)) {
            var failure = sending.failure("never", SOON);
            failure.printStackTrace(new PrintWriter(told, true));
            told.append(failure.details().toString());
        }
    }

    private static void tellOptions(SecuredKafka kafka, Login login, StringWriter told) {
        var address = kafka.address(login.listener());
        tell(login.options().apply(ClusterOptions.builder(address)).build(), told);
        try {
            tell(ClientConfig.from(login.ourNames(address)).clusterOptions(), told);
        } catch (InvalidOptionsException e) { // some ways have no names, or not all
            told.append(e.toString());
        }
    }

    private static void tell(ClusterOptions options, StringWriter told) {
        told.append(options.toString()).append(String.valueOf(options.tls())).append(String.valueOf(options.sasl()));
    }

    private static List<String> secrets(SecuredKafka kafka) {
        List<String> forms = new ArrayList<>();
        addForms(forms, SecuredKafka.CANARY);
        addForms(forms, "\0" + SecuredKafka.USER + "\0" + SecuredKafka.PASSWORD);
        for (var token : kafka.tokens().issued()) {
            forms.add(token.substring(token.lastIndexOf('.') + 1));
        }
        var key = kafka.tokens().clientKeyPem().split("\n");
        forms.addAll(List.of(key).subList(1, key.length - 1));
        return forms;
    }

    /** As it is, in hex, and in base64 wherever in a longer text it stands: its first and last signs there depend on its neighbours. */
    private static void addForms(List<String> forms, String secret) {
        var bytes = secret.getBytes(StandardCharsets.UTF_8);
        var hex = HexFormat.of().formatHex(bytes);
        forms.addAll(List.of(secret, hex, hex.toUpperCase(Locale.ROOT)));
        for (int shift = 0; shift < 3; shift++) {
            var shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            int first = shift == 0 ? 0 : shift + 1;
            int end = shifted.length / 3 * 4;
            forms.add(Base64.getEncoder().encodeToString(shifted).substring(first, end));
            forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(first, end));
        }
    }
}
