package dev.tubepost.internal.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tubepost.Cluster;
import dev.tubepost.ClusterOptions;
import dev.tubepost.InvalidOptionsException;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import org.junit.jupiter.api.Test;

/** What a user is told who has not added the module that security needs, as neither is here. */
final class MissingModuleTest {

    @Test
    void tlsNamesTheArtifactToAdd() {
        assertThatThrownBy(() -> connect(ClusterOptions.builder("localhost:1")
                        .tls(TlsOptions.builder().build())))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("tls needs a library that is not there")
                .hasMessageContaining("add the artifact dev.tubepost:tubepost-tls");
    }

    @Test
    void saslNamesTheArtifactToAdd() {
        assertThatThrownBy(() -> connect(ClusterOptions.builder("localhost:1")
                        .sasl(SaslOptions.scramSha512("alice", Secret.of("canary")))))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("sasl needs a library that is not there")
                .hasMessageContaining("add the artifact dev.tubepost:tubepost-sasl");
    }

    private static void connect(ClusterOptions.Builder options) {
        Cluster.connect(options.build()).close();
    }
}
