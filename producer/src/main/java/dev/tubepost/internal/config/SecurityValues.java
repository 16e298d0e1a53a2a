package dev.tubepost.internal.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** How the values of security's options are read. No message repeats a value. <em>Stateless.</em> */
final class SecurityValues {

    private static final List<String> MECHANISMS =
            List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI");
    private static final List<String> SIGNATURES = List.of("RS256", "RS384", "RS512", "PS256", "ES256", "ES384");
    private static final List<String> GRANTS = List.of("clientSecret", "clientAssertion", "jwtBearer");
    private static final List<String> STORE_TYPES = List.of("JKS", "PKCS12", "PEM");
    private static final List<String> TLS_VERSIONS = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> OLD_TLS_VERSIONS = List.of("SSLv2Hello", "SSLv3", "TLSv1", "TLSv1.1");

    private SecurityValues() {}

    /** As kafka-clients, in upper or lower case. */
    static SecurityProtocol protocol(String text) throws BadValue {
        for (SecurityProtocol protocol : SecurityProtocol.values()) {
            if (protocol.name().equalsIgnoreCase(text)) {
                return protocol;
            }
        }
        throw new BadValue("must be PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL");
    }

    static String mechanism(String text) throws BadValue {
        return oneOf(MECHANISMS, text, "must be PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI");
    }

    static String signature(String text) throws BadValue {
        return oneOf(SIGNATURES, text, "must be RS256, RS384, RS512, PS256, ES256 or ES384");
    }

    static String grant(String text) throws BadValue {
        return oneOf(GRANTS, text, "must be clientSecret, clientAssertion or jwtBearer");
    }

    static String storeType(String text) throws BadValue {
        return oneOf(
                STORE_TYPES,
                text,
                "must be JKS, PKCS12 or PEM; for another kind of store, give TlsOptions.Builder.sslContext in code");
    }

    private static String oneOf(List<String> known, String text, String allowed) throws BadValue {
        for (String one : known) {
            if (one.equalsIgnoreCase(text)) {
                return one;
            }
        }
        throw new BadValue(allowed);
    }

    static List<String> list(String text) {
        List<String> list = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                list.add(part.strip());
            }
        }
        return list;
    }

    /** Versions that no JDK speaks by default any more are passed over: a file from another client may list them, and less is spoken without them. */
    static List<String> tlsVersions(String text) throws BadValue {
        List<String> versions = list(text);
        versions.removeAll(OLD_TLS_VERSIONS);
        if (versions.isEmpty() || !TLS_VERSIONS.containsAll(versions)) {
            throw new BadValue("must have TLSv1.3, TLSv1.2 or both; older versions are never spoken");
        }
        return versions;
    }

    static String endpointIdentification(String text) throws BadValue {
        if (!text.equalsIgnoreCase("https")) {
            throw new BadValue(
                    "must be https, or left out: the name in a broker's certificate is always checked, as anybody with any certificate"
                            + " could pass for the broker otherwise; connect to a name that the certificate has, or have it issued with the one you use");
        }
        return "https";
    }

    static URI uri(String text) throws BadValue {
        try {
            return new URI(text);
        } catch (URISyntaxException e) { // whose message has the text, and with it perhaps a password
            throw new BadValue(
                    "must be an address, as in https://login.example.com/token, or a file, as in file:///run/token");
        }
    }
}
