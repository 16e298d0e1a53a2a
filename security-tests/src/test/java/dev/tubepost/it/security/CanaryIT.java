package dev.tubepost.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.ClusterOptions;
import dev.tubepost.it.security.fixture.Login;
import dev.tubepost.it.security.fixture.Logins;
import dev.tubepost.it.security.fixture.SecuredKafka;
import dev.tubepost.it.security.fixture.Sending;
import dev.tubepost.it.security.fixture.WrongLogins;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No secret is in any log at any level, in any exception or in any text about options (I24). */
final class CanaryIT {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void tellsNoSecretWhetherItIsLetInOrNot(@TempDir Path directory) throws Exception {
        var told = new StringWriter();
        var log = new ByteArrayOutputStream();
        var before = System.err;
        List<String> secrets;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (var kafka = SecuredKafka.start(directory)) {
            var topic = kafka.newTopic();
            for (var login : new Logins(kafka).all()) {
                tellOptions(kafka, login, told);
                try (var sending = Sending.open(kafka, login, topic, LONG)) {
                    sending.deliver("hello");
                }
            }
            var wrong = new WrongLogins(kafka);
            for (var each : wrong.refusedForAll()) {
                tellFailure(kafka, each.login(), topic, told);
            }
            for (var each : wrong.refusedForUs()) {
                tellFailure(kafka, each.login(), topic, told);
            }
            secrets = secrets(kafka);
        } finally {
            System.setErr(before);
        }
        var all = log.toString(StandardCharsets.UTF_8) + told;
        assertThat(log.toString(StandardCharsets.UTF_8)).contains("dev.tubepost"); // else nothing was looked at
        assertThat(secrets).filteredOn(all::contains).isEmpty();
    }

    private static void tellFailure(SecuredKafka kafka, Login login, String topic, StringWriter told) throws Exception {
        tellOptions(kafka, login, told);
        try (var sending = Sending.open(kafka, login, topic, LONG)) {
            var failure = sending.failure("never", SOON);
            failure.printStackTrace(new PrintWriter(told, true));
            told.append(failure.details().toString());
        }
    }

    private static void tellOptions(SecuredKafka kafka, Login login, StringWriter told) {
        var options = login.options()
                .apply(ClusterOptions.builder(kafka.address(login.listener())))
                .build();
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
