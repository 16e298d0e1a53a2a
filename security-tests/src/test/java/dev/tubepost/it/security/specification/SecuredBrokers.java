package dev.tubepost.it.security.specification;

import dev.tubepost.testkit.embedded.EmbeddedKafkaBuilder;
import dev.tubepost.testkit.embedded.EmbeddedKafkaCustomizer;
import dev.tubepost.testkit.embedded.ListenerSecurity;
import dev.tubepost.testkit.embedded.ListenerSecurity.Protocol;
import dev.tubepost.testkit.embedded.StoreFile;
import java.util.Map;

/** Lets clients in by SASL_SSL only, as one user. <em>Immutable.</em> */
public final class SecuredBrokers implements EmbeddedKafkaCustomizer {

    private static final StoreFile KEY = Realm.FILES.key("broker", Realm.AUTHORITY.server());

    @Override
    public void customize(EmbeddedKafkaBuilder builder) {
        builder.security(ListenerSecurity.builder(Protocol.SASL_SSL)
                .keyStore(KEY)
                .scramUsers(Map.of(Realm.USER, Realm.PASSWORD))
                .build());
    }
}
