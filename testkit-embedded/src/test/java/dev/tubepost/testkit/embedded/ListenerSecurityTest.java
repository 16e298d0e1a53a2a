package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;

final class ListenerSecurityTest {

    @Test
    void setsWhatBelongsToItsListenerOnly() {
        var security = ListenerSecurity.builder(ListenerSecurity.Protocol.SASL_SSL)
                .keyStore(StoreFile.pkcs12(Path.of("/key.p12"), "of-the-key"))
                .clientCertificate(ListenerSecurity.ClientCertificate.REQUESTED)
                .scramUsers(Map.of("alice", "secret"))
                .maxReauth(Duration.ofSeconds(3))
                .property("max.connections", "7")
                .build();

        assertThat(security.properties("MINE"))
                .containsEntry("listener.name.mine.ssl.keystore.location", "/key.p12")
                .containsEntry("listener.name.mine.ssl.keystore.type", "PKCS12")
                .containsEntry("listener.name.mine.ssl.keystore.password", "of-the-key")
                .containsEntry("listener.name.mine.ssl.client.auth", "requested")
                .containsEntry("listener.name.mine.sasl.enabled.mechanisms", mechanisms(security))
                .containsEntry("listener.name.mine.connections.max.reauth.ms", "3000")
                .containsEntry("listener.name.mine.max.connections", "7")
                .allSatisfy((name, value) -> assertThat(name).startsWith("listener.name.mine."));
        assertThat(security.mechanisms()).containsExactlyInAnyOrder("SCRAM-SHA-256", "SCRAM-SHA-512");
    }

    private static String mechanisms(ListenerSecurity security) {
        return String.join(",", security.mechanisms());
    }

    @Test
    void passesOnPasswordsWithWhateverCharacters() {
        var awkward = "a\"b\\c; d='e' //f";
        var security = ListenerSecurity.builder(ListenerSecurity.Protocol.SASL_PLAINTEXT)
                .plainUsers(Map.of("alice", awkward))
                .build();

        var jaas = security.properties("X").get("listener.name.x.plain.sasl.jaas.config");
        var context = JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(String.valueOf(jaas))));

        assertThat(context.configurationEntries())
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.getOptions().get("user_alice")).isEqualTo(awkward));
    }

    @Test
    void showsNoPassword() {
        var store = StoreFile.pkcs12(Path.of("/key.p12"), "hush");
        var security = ListenerSecurity.builder(ListenerSecurity.Protocol.SASL_SSL)
                .keyStore(store)
                .plainUsers(Map.of("alice", "hush"))
                .oauth(URI.create("http://127.0.0.1:1/keys"), "issuer", "audience")
                .build();

        assertThat(security.toString() + store)
                .contains("PLAIN", "OAUTHBEARER", "/key.p12")
                .doesNotContain("hush");
    }
}
