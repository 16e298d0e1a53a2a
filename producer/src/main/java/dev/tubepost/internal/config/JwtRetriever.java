package dev.tubepost.internal.config;

/** How kafka-clients comes to a token: its classes, of which only the names are known here, and compared (CVE-2023-25194). */
public enum JwtRetriever {
    /** From a file if the endpoint is one, or with client credentials. */
    DEFAULT("DefaultJwtRetriever"),
    CLIENT_CREDENTIALS("ClientCredentialsJwtRetriever"),
    FILE("FileJwtRetriever"),
    JWT_BEARER("JwtBearerJwtRetriever");

    private static final String PACKAGE = "org.apache.kafka.common.security.oauthbearer.";

    private final String simpleName;

    JwtRetriever(String simpleName) {
        this.simpleName = simpleName;
    }

    static JwtRetriever named(String text) throws BadValue {
        for (JwtRetriever known : values()) {
            if (text.equals(PACKAGE + known.simpleName)) {
                return known;
            }
        }
        throw new BadValue("must be DefaultJwtRetriever, ClientCredentialsJwtRetriever, FileJwtRetriever or"
                + " JwtBearerJwtRetriever, each after " + PACKAGE + "; classes are never loaded by name: give a"
                + " TokenProvider to SaslOptions.oauthBearer in code");
    }
}
