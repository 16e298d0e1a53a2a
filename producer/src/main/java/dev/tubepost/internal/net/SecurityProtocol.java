package dev.tubepost.internal.net;

/** What a listener of a broker speaks, by Kafka's names. */
enum SecurityProtocol {
    PLAINTEXT(false, false),
    SSL(true, false),
    SASL_PLAINTEXT(false, true),
    SASL_SSL(true, true);

    final boolean hasTls;
    final boolean hasSasl;

    SecurityProtocol(boolean hasTls, boolean hasSasl) {
        this.hasTls = hasTls;
        this.hasSasl = hasSasl;
    }

    static SecurityProtocol of(boolean hasTls, boolean hasSasl) {
        return hasTls ? (hasSasl ? SASL_SSL : SSL) : hasSasl ? SASL_PLAINTEXT : PLAINTEXT;
    }
}
