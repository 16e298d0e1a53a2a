package dev.tubepost.fuzz;

import dev.tubepost.ClientConfig;
import dev.tubepost.InvalidOptionsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Options by name, of any text: they are taken, or refused with {@link InvalidOptionsException}, soon, and what may be a secret is not in its text.
 * <em>Static, without state.</em>
 *
 * <pre>
 *   input:   lines of   name = value   or   (number of a known name) = value
 * </pre>
 */
public final class ConfigFuzz {

    private static final List<String> KNOWN = List.copyOf(ClientConfig.knownNames());
    private static final Set<String> KNOWN_SET = Set.copyOf(KNOWN);
    private static final long MOST_NANOS = 30_000_000_000L;
    private static final int MOST_TIMES = 1_000;

    /** Each name that is unknown, however short, is compared with all that are known. */
    private static final int LEAST_BYTES = 1_024;

    /** Where each name is compared with all others, most of the time would go into that; what is more is left out. */
    private static final int MOST_UNKNOWN = 2;

    private ConfigFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Canary.without(new String(input, StandardCharsets.UTF_8));
        Map<String, Object> options = options(text);
        long begin = System.nanoTime();
        Allocation.check(LEAST_BYTES + input.length, MOST_TIMES, () -> read(options));
        if (System.nanoTime() - begin > MOST_NANOS) {
            throw new IllegalStateException("it took " + (System.nanoTime() - begin) + " ns");
        }
    }

    private static void read(Map<String, Object> options) {
        try {
            ClientConfig.from(options);
        } catch (InvalidOptionsException e) {
            Canary.absent(e);
        }
    }

    private static Map<String, Object> options(String text) {
        Map<String, Object> options = new HashMap<>();
        int unknown = 0;
        for (String line : text.split("\n", -1)) {
            int at = line.indexOf('=');
            String name = at < 0 ? line : line.substring(0, at);
            if (name.length() == 1) {
                name = KNOWN.get(name.charAt(0) % KNOWN.size());
            } else if (!KNOWN_SET.contains(name) && ++unknown > MOST_UNKNOWN) {
                continue;
            }
            String value = line.substring(at + 1);
            options.put(name, isSecret(name) ? secret(value) : value);
        }
        return options;
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("secret")
                || lower.contains("jaas")
                || lower.endsWith("keystore.key");
    }

    /** Any text with the secret in it, or the secret alone. */
    private static String secret(String text) {
        return text.contains("@") ? Canary.inserted(text) : Canary.SECRET;
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String value : List.of(
                "",
                "1",
                "-1",
                "5 s",
                "true",
                "x",
                "9999999999999999999",
                "${env:HOME}",
                "a:1,[::1]:2,c",
                "1.5e9",
                "all")) {
            var all = new StringBuilder();
            for (String name : KNOWN) {
                seeds.add((name + "=" + value).getBytes(StandardCharsets.UTF_8));
                all.append(name).append('=').append(value).append('\n');
            }
            seeds.add(all.toString().getBytes(StandardCharsets.UTF_8));
        }
        seeds.add(
                "sasl.jaas.config=x\nssl.key.password=y\nsasl_password=z\nno.such=1".getBytes(StandardCharsets.UTF_8));
        secured().forEach(text -> seeds.add(text.getBytes(StandardCharsets.UTF_8)));
        return seeds;
    }

    private static List<String> secured() {
        String sasl = "bootstrap.servers=a:1\nsecurity.protocol=SASL_SSL\nsasl.mechanism=";
        String module = "\nsasl.jaas.config=org.apache.kafka.common.security.";
        return List.of(
                sasl + "PLAIN" + module + "plain.PlainLoginModule required username=\"a\" password=\"@\";",
                sasl + "SCRAM-SHA-512" + module + "scram.ScramLoginModule required username='a' password='@\\n';",
                sasl + "SCRAM-SHA-256" + module + "scram.ScramLoginModule required password=\"@;",
                sasl + "PLAIN\nsasl.jaas.config=com.sun.security.auth.module.JndiLoginModule required x=\"@\";",
                sasl + "OAUTHBEARER" + module
                        + "oauthbearer.OAuthBearerLoginModule required clientId=\"a\" clientSecret=\"@\";"
                        + "\nsasl.oauthbearer.token.endpoint.url=https://a/b",
                sasl + "OAUTHBEARER" + module
                        + "oauthbearer.OAuthBearerLoginModule required clientId=\"a\" ssl.x@=\"b\";"
                        + "\nsasl.oauthbearer.token.endpoint.url=https://a/b",
                sasl + "OAUTHBEARER\nsasl.oauthbearer.token.endpoint.url=file:///etc/passwd",
                sasl + "GSSAPI\nsasl.kerberos.service.name=kafka\nsasl.jaas.config="
                        + "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true keyTab=\"@\";",
                "bootstrap.servers=a:1\nsecurity.protocol=SSL\nssl.truststore.type=PEM\nssl.truststore.certificates=-----BEGIN",
                "bootstrap.servers=a:1\nsecurity.protocol=SSL\nssl.keystore.type=PEM\nssl.keystore.key=@\nssl.key.password=@",
                "bootstrap.servers=a:1\nsecurity.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\nsasl_password=@");
    }
}
