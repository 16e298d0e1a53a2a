package dev.tubepost.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside kafka-clients' own reader: what we take, it takes alike; what only it takes is listed. */
final class JaasEntryTest {

    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // from the documentation of Apache Kafka, as one line of properties or as several
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"alice\" password=\"alice-secret\";",
                "org.apache.kafka.common.security.plain.PlainLoginModule required \n    username=\"alice\" \n    password=\"alice-secret\";",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"alice\" password=\"alice-secret\";",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"tokenID123\" password=\"lAYYSFmLs4bTjf+lTZ1LCHR/ZZFNA==\" tokenauth=\"true\";",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true  keyTab=\"/etc/security/keytabs/kafka_client.keytab\" principal=\"kafka-client-1@EXAMPLE.COM\";",
                "com.sun.security.auth.module.Krb5LoginModule required useTicketCache=true;",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"foo\" clientSecret=\"bar\" scope=\"baz\" extension_supportFeatureX=\"true\" ;",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ;",
                // and what is as well-formed, though nobody writes it
                "a.b.C REQUIRED;",
                "a.b.C Optional x='single' y=word z=\"a'b\";",
                "a.b.C requisite x=\"\\\"quoted\\\" \\\\ \\t \\101 \\7 \\377 \\477 \\z\";",
                "a.b.C sufficient // comment\n x=y /* another \n one */ z=\"//no comment\";",
                "$a_b-c.D$E required _x$1-2.3=v1.2-3_4$;",
                "a.b.C required x=\"\";",
                "a.b.C required é=\"日本\";",
                "a.b.C required x=\"y\";// the end",
                "a.b.C required ssl.truststore.location=\"/x\";",
            })
    void readsAsKafkaClientsDoes(String text) throws BadValue {
        JaasEntry ours = JaasEntry.parse(text);

        AppConfigurationEntry theirs = Objects.requireNonNull(kafkas(text));
        assertThat(ours.module()).isEqualTo(theirs.getLoginModuleName());
        assertThat(ours.options()).isEqualTo(theirs.getOptions());
    }

    @Test
    void whateverItReadsKafkaClientsReadsAlike() {
        String[] parts = {
            "a.B ",
            "required ",
            "OPTIONAL\n",
            "x",
            "=",
            "y",
            "\"",
            "'",
            "\\",
            ";",
            "/",
            "*",
            "//",
            "/*",
            "*/",
            "1",
            "-",
            ".",
            "$",
            "_",
            "\n",
            "\r",
            "\t",
            " ",
            "\\0",
            "\\12",
            "\\\"",
            "é",
            "\u0085",
            "\u00a0",
            "user=\"v\" ",
            "k='w' ",
            "p=q ",
            "#",
            ",",
            "{",
            "${x}"
        };
        Random random = new Random(20260);
        int read = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "a.b.C required ");
            int count = random.nextInt(8);
            for (int j = 0; j < count; j++) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            text.append(random.nextInt(4) == 0 ? "" : ";");
            JaasEntry ours = ours(text.toString());
            if (ours != null) {
                AppConfigurationEntry theirs = Objects.requireNonNull(kafkas(text.toString()), text.toString());
                assertThat(ours.module()).as(text.toString()).isEqualTo(theirs.getLoginModuleName());
                assertThat(ours.options()).as(text.toString()).isEqualTo(theirs.getOptions());
                read++;
            }
        }
        assertThat(read).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.b.C required x=\"not closed;", // ends where the text ends
                "a.b.C required x=\"not closed\n y=\"z\";", // ends where the line ends
                "a.b.C required x=y x=z;", // the last one counts
                "\"a.b.C\" required;", // a quoted class name
                "a.b.C required \"x\"=y;",
                "a.b.C \"required\";",
                "a.b.C required x=\"\\0\";",
                "a.b.C\u0000required x=y;",
                "a.b.C required x=y / also a comment\n z=\"1\";",
                "a.b.C required 1=y;" // an option without a name
            })
    void refusesWhatKafkaClientsReadsInADoubtfulWay(String text) {
        assertThat(catchThrowableOfType(BadValue.class, () -> JaasEntry.parse(text)))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "canary",
                "canary;",
                "canary required",
                "canary required;canary",
                "a.b.C canary x=y;",
                "a.b.C required x=canary",
                "a.b.C required x=\"canary",
                "a.b.C required x=\"canary\\",
                "a.b.C required x=\"canary\" canary;",
                "a.b.C required x=\"canary\"; d.E required y=\"canary\";",
                "a.b.C required x=\"canary\" x=\"canary\";",
                "a.b.C required x=42canary;",
                "a.b.C required x=/canary;",
                "a.b.C required x;",
                "a.b.C required canary canary;",
                "a.b.C required =canary;",
                "a.b.C required /* canary",
                "{ a.b.C required x=\"canary\"; };",
                "KafkaClient { a.b.C required x=\"canary\"; };",
                "a.b.C required { x { canary } };",
                "a.b.C required x=\"can\0ary\";",
                "a.b.C required x=${canary};"
            })
    void refusesWhatIsNoneAndRepeatsNothingOfIt(String text) {
        BadValue thrown = catchThrowableOfType(BadValue.class, () -> JaasEntry.parse(text));

        assertThat(thrown.allowed()).startsWith("must have at character ").doesNotContain("canary");
        assertThat(thrown.getStackTrace()).isEmpty();
    }

    @Test
    void endsSoonWhateverTheLength() {
        String[] inputs = {
            "x".repeat(1 << 20),
            "a.b.C required " + "x=y ".repeat(1 << 18) + ";",
            "a.b.C required x=\"" + "\\".repeat(60_000),
            "/*".repeat(30_000),
            "(".repeat(60_000),
            "a.b.C required " + "{".repeat(60_000),
            "\0".repeat(60_000)
        };
        for (String input : inputs) {
            BadValue thrown = catchThrowableOfType(BadValue.class, () -> JaasEntry.parse(input));
            assertThat(thrown.allowed()).hasSizeLessThan(300);
        }
    }

    @Test
    void showsNoValue() throws BadValue {
        assertThat(JaasEntry.parse(PLAIN + " required password=\"canary\";")).hasToString("JaasEntry[password]");
    }

    private static @Nullable JaasEntry ours(String text) {
        try {
            return JaasEntry.parse(text);
        } catch (BadValue e) {
            return null;
        }
    }

    /** Null if it refuses, too. */
    private static @Nullable AppConfigurationEntry kafkas(String text) {
        try {
            List<AppConfigurationEntry> entries =
                    new ArrayList<>(JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(text)))
                            .configurationEntries());
            return entries.size() == 1 ? entries.get(0) : null;
        } catch (RuntimeException e) {
            return null;
        }
    }
}
