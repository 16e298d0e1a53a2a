package dev.tubepost.it.security.specification;

import dev.tubepost.ClusterOptions;
import dev.tubepost.it.ClusterSecurity;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Logs in as the one user, by SCRAM-SHA-512 within TLS 1.3. <em>Thread-safe.</em> */
public final class SecuredClients implements ClusterSecurity {

    /** How often it was asked. */
    static final AtomicLong MADE = new AtomicLong();

    @Override
    public ClusterOptions.Builder secure(ClusterOptions.Builder options) {
        MADE.incrementAndGet();
        return options.tls(TlsOptions.builder()
                        .trust(TrustSource.pem(Realm.AUTHORITY.certificatesPem()))
                        .protocols(List.of("TLSv1.3"))
                        .build())
                .sasl(SaslOptions.scramSha512(Realm.USER, Secret.of(Realm.PASSWORD)));
    }
}
