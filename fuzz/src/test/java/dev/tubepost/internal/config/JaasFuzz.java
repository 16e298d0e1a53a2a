package dev.tubepost.internal.config;

import dev.tubepost.fuzz.Allocation;
import dev.tubepost.fuzz.Canary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

/**
 * A JAAS configuration of any text: ours refuses it, without a word of it, or takes it, and then Apache's class reads the same out of it.
 * <em>Static, without state.</em> A {@code @} in it stands for a secret.
 */
public final class JaasFuzz {

    /** Ours takes less than one; the rest is for the fuzzer, which notes each comparison of text, and there may be one for every three characters. */
    private static final int MOST_TIMES = 200;

    private static final int LEAST_BYTES = 1_024;

    private JaasFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = Canary.inserted(new String(input, StandardCharsets.UTF_8));
        Allocation.check(LEAST_BYTES + text.length(), MOST_TIMES, () -> parse(text));
        JaasEntry entry = parse(text);
        if (entry != null) {
            compare(entry, text);
        }
    }

    private static @Nullable JaasEntry parse(String text) {
        try {
            return JaasEntry.parse(text);
        } catch (BadValue e) {
            Canary.absent(e);
            return null;
        }
    }

    private static void compare(JaasEntry ours, String text) {
        AppConfigurationEntry theirs;
        try {
            theirs = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(text)))
                    .configurationEntries()
                    .get(0);
        } catch (IllegalArgumentException e) {
            if (String.valueOf(e.getMessage()).contains("is not allowed")) {
                return; // a login module that Apache's refuses; ours knows few
            }
            throw new IllegalStateException("Apache's refuses what ours takes", e);
        }
        if (!ours.module().equals(theirs.getLoginModuleName())
                || !ours.options().equals(theirs.getOptions())) {
            throw new IllegalStateException("read otherwise: " + ours.module() + ours.options() + ", and "
                    + theirs.getLoginModuleName() + theirs.getOptions());
        }
    }

    public static List<byte[]> seeds() {
        String plain = "org.apache.kafka.common.security.plain.PlainLoginModule ";
        return Stream.of(
                        plain + "required username=\"a\" password=\"@\";",
                        plain + "required username='a' password='\"@\\\"\\n\\101\\400\\7z';",
                        plain + "REQUISITE serviceName=kafka useKeyTab=true x-1.y=_$z;",
                        plain + "required username=@ password=\"@;",
                        plain + "/* x @ */ optional // @\r\n a=\"\" ;",
                        plain + "required a=\"1\" a=\"@\";",
                        plain + "required a=@1;",
                        plain + "required; " + plain + "required;",
                        plain + "required p=\"\\u0041\\0@\";",
                        "com.sun.security.auth.module.JndiLoginModule required user.provider.url=\"ldap://@\";",
                        plain + "sometimes;",
                        plain + "required \u00e4\u2028=\"\u00e4\";",
                        "\"" + plain + "\" required a=\"b\";",
                        plain + "required a/b=\"x\";",
                        "/*",
                        ";")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
