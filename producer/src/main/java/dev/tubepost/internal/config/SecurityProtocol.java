package dev.tubepost.internal.config;

/** What connections are secured with, by kafka-clients' names. */
public enum SecurityProtocol {
    PLAINTEXT(false, false),
    SSL(true, false),
    SASL_PLAINTEXT(false, true),
    SASL_SSL(true, true);

    private final boolean tls;
    private final boolean sasl;

    SecurityProtocol(boolean tls, boolean sasl) {
        this.tls = tls;
        this.sasl = sasl;
    }

    /** Whether there is TLS. */
    public boolean tls() {
        return tls;
    }

    /** Whether we prove who we are. */
    public boolean sasl() {
        return sasl;
    }
}
