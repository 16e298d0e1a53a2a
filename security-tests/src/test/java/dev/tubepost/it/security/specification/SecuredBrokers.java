package dev.tubepost.it.security.specification;

import dev.tubepost.testkit.embedded.EmbeddedKafkaBuilder;
import dev.tubepost.testkit.embedded.EmbeddedKafkaCustomizer;
import dev.tubepost.testkit.embedded.ListenerSecurity;
import dev.tubepost.testkit.embedded.ListenerSecurity.Protocol;
import dev.tubepost.testkit.embedded.StoreFile;
import dev.tubepost.tls.testing.Certificates;
import java.util.Map;

/** Lets clients in by SASL_SSL only, as one user. <em>Immutable.</em> */
public final class SecuredBrokers implements EmbeddedKafkaCustomizer {

    private static final StoreFile KEY = StoreFile.pkcs12(
            Certificates.named("broker")
                    .issuedBy(Realm.AUTHORITY)
                    .writeKeyStore(Realm.DIRECTORY.resolve("broker.p12"), "PKCS12", "store", "store"),
            "store");

    @Override
    public void customize(EmbeddedKafkaBuilder builder) {
        builder.security(ListenerSecurity.builder(Protocol.SASL_SSL)
                .keyStore(KEY)
                .scramUsers(Map.of(Realm.USER, Realm.PASSWORD))
                .build());
    }
}
