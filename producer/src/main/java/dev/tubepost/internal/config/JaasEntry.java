package dev.tubepost.internal.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One entry of a JAAS configuration, as {@code sasl.jaas.config} has it, read as data: {@code Module required name="value" ...;}. <em>Immutable.</em>
 *
 * <p>The module is a name to compare; nothing is loaded, and nothing of JAAS runs (CVE-2023-25194, CVE-2025-27818, CVE-2025-27819). What is read here,
 * kafka-clients reads alike; what is doubtful there is refused here: values without quotes that are not words, quotes that are not closed, an option
 * twice. No message repeats any part of the text, as a quote at the wrong place may make anything of a password.
 *
 * @param module the login module's class name
 * @param options its options by name
 */
public record JaasEntry(String module, Map<String, String> options) {

    private static final Set<String> FLAGS = Set.of("REQUIRED", "REQUISITE", "SUFFICIENT", "OPTIONAL");

    public JaasEntry {
        options = Map.copyOf(options);
    }

    static JaasEntry parse(String text) throws BadValue {
        JaasScanner scanner = new JaasScanner(text);
        String module = scanner.word("the class name of a login module");
        String flag = scanner.word("required, requisite, sufficient or optional");
        if (!FLAGS.contains(flag.toUpperCase(Locale.ROOT))) {
            throw scanner.expected("required, requisite, sufficient or optional");
        }
        Map<String, String> options = new LinkedHashMap<>();
        while (!scanner.skip(';')) {
            String name = scanner.word("an option, or a semicolon");
            if (!scanner.skip('=')) {
                throw scanner.expected("an equals sign after the option's name");
            }
            if (options.put(name, scanner.value()) != null) {
                throw scanner.expected("no option twice");
            }
        }
        if (!scanner.atEnd()) {
            throw scanner.expected("the end: one login module is all there may be");
        }
        return new JaasEntry(module, options);
    }

    /** The names only. */
    @Override
    public String toString() {
        return "JaasEntry" + options.keySet();
    }
}
