package dev.tubepost.security;

import dev.tubepost.InvalidOptionsException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * TLS for all connections to brokers. <em>Immutable.</em> It needs the artifact {@code dev.tubepost:tubepost-tls}.
 *
 * <p>A broker's certificate must lead to one that is trusted, and name the host that was connected to (RFC 9525); no option turns that off.
 */
public final class TlsOptions {

    private static final List<String> KNOWN_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final @Nullable TrustSource trust;
    private final @Nullable KeySource key;
    private final @Nullable SSLContext sslContext;
    private final List<String> protocols;
    private final List<String> cipherSuites;

    private TlsOptions(Builder set) {
        trust = set.trust;
        key = set.key;
        sslContext = set.sslContext;
        protocols = List.copyOf(set.protocols);
        cipherSuites = List.copyOf(set.cipherSuites);
    }

    /** TLS with those trusted that the JDK trusts, and no key of our own. */
    public static TlsOptions defaults() {
        return builder().build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whom to trust; null: whom the JDK trusts. Default: null. */
    public @Nullable TrustSource trust() {
        return trust;
    }

    /** With what to show a broker who we are (mutual TLS); null: with nothing. Default: null. */
    public @Nullable KeySource key() {
        return key;
    }

    /** A context that decides about trust and key by itself; null: they are as given here. The host name is checked all the same. Default: null. */
    public @Nullable SSLContext sslContext() {
        return sslContext;
    }

    /** The versions that may be spoken: TLSv1.3, TLSv1.2. Default: both. kafka-clients: {@code ssl.enabled.protocols}. */
    public List<String> protocols() {
        return protocols;
    }

    /** The cipher suites that may be used, by their standard names; empty: those of the JDK. Default: empty. kafka-clients: {@code ssl.cipher.suites}. */
    public List<String> cipherSuites() {
        return cipherSuites;
    }

    @Override
    public String toString() {
        return "TlsOptions{trust=" + (trust == null ? "JDK" : trust.getClass().getSimpleName())
                + ", key=" + (key == null ? "none" : key.getClass().getSimpleName())
                + (sslContext == null ? "" : ", sslContext")
                + ", protocols=" + protocols + (cipherSuites.isEmpty() ? "" : ", cipherSuites=" + cipherSuites) + '}';
    }

    /** Collects options; each method sets the option of its name. <em>Confined to one thread.</em> */
    public static final class Builder {

        private @Nullable TrustSource trust;
        private @Nullable KeySource key;
        private @Nullable SSLContext sslContext;
        private List<String> protocols = KNOWN_PROTOCOLS;
        private List<String> cipherSuites = List.of();

        private Builder() {}

        /** Sets {@link TlsOptions#trust()}; null for whom the JDK trusts. */
        public Builder trust(@Nullable TrustSource trust) {
            this.trust = trust;
            return this;
        }

        /** Sets {@link TlsOptions#key()}; null for none. */
        public Builder key(@Nullable KeySource key) {
            this.key = key;
            return this;
        }

        /** Sets {@link TlsOptions#sslContext()}; null for none. */
        public Builder sslContext(@Nullable SSLContext sslContext) {
            this.sslContext = sslContext;
            return this;
        }

        /** Sets {@link TlsOptions#protocols()}. */
        public Builder protocols(List<String> protocols) {
            this.protocols = protocols;
            return this;
        }

        /** Sets {@link TlsOptions#cipherSuites()}. */
        public Builder cipherSuites(List<String> cipherSuites) {
            this.cipherSuites = cipherSuites;
            return this;
        }

        /**
         * Makes the options. Files and certificates are not looked at yet.
         *
         * @throws InvalidOptionsException with all problems at once
         */
        public TlsOptions build() {
            var problems = new ArrayList<String>();
            if (protocols.isEmpty() || !KNOWN_PROTOCOLS.containsAll(protocols)) {
                problems.add("protocols = " + protocols + ": must be TLSv1.3, TLSv1.2 or both");
            }
            for (String suite : cipherSuites) {
                if (suite.contains("_anon_")
                        || suite.contains("_NULL_")) { // else security would hang on the JDK's settings alone
                    problems.add("cipherSuites: " + suite
                            + " proves nothing of the broker, or encrypts nothing: leave it out");
                }
            }
            if (sslContext != null && (trust != null || key != null)) {
                problems.add("sslContext decides about trust and key: leave those out, or the context");
            }
            if (!problems.isEmpty()) {
                throw new InvalidOptionsException(problems);
            }
            return new TlsOptions(this);
        }
    }
}
