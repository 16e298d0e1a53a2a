package dev.tubepost.internal.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option and all its names: a row of the {@link OptionTable}. <em>Immutable.</em>
 *
 * @param <T> the type of its values
 */
public final class ConfigKey<T> {

    private final String name;
    private final List<String> names;
    private final ValueParser<T> parser;
    private final boolean secret;

    private ConfigKey(String name, List<String> names, ValueParser<T> parser, boolean secret) {
        this.name = name;
        this.names = List.copyOf(names);
        this.parser = parser;
        this.secret = secret;
    }

    /**
     * @param name the option's name in Java
     * @param specification the specification's name, or null if it has none
     * @param kafka kafka-clients' name, or null if it has none
     */
    static <T> ConfigKey<T> of(
            String name, @Nullable String specification, @Nullable String kafka, ValueParser<T> parser) {
        List<String> names = new ArrayList<>(List.of(name));
        if (specification != null) {
            names.add(specification);
        }
        if (kafka != null) {
            names.add(kafka);
        }
        return new ConfigKey<>(name, names, parser, false);
    }

    /** An option of security, which is called here as in kafka-clients, in Java's spelling: {@code ssl.key.password}, {@code sslKeyPassword}. */
    static <T> ConfigKey<T> kafka(String name, ValueParser<T> parser) {
        return new ConfigKey<>(camelCase(name), List.of(camelCase(name), name), parser, false);
    }

    /** The same for values that are never repeated, in whatever message. */
    static <T> ConfigKey<T> secret(String name, ValueParser<T> parser) {
        return new ConfigKey<>(camelCase(name), List.of(camelCase(name), name), parser, true);
    }

    private static String camelCase(String dotted) {
        StringBuilder name = new StringBuilder(dotted.length());
        boolean begins = false;
        for (int i = 0; i < dotted.length(); i++) {
            char c = dotted.charAt(i);
            if (c != '.') {
                name.append(begins ? Character.toUpperCase(c) : c);
            }
            begins = c == '.';
        }
        return name.toString();
    }

    /** The option's name in Java. */
    public String name() {
        return name;
    }

    /** All names, the one in Java first. Names that two of the three share are listed twice. */
    public List<String> names() {
        return names;
    }

    /** Whether values are never repeated in messages. */
    public boolean secret() {
        return secret;
    }

    /** The environment variable that has the value where it is a secret and was not given: {@code TUBEPOST_SSL_KEY_PASSWORD}. */
    public String variable() {
        StringBuilder variable = new StringBuilder("TUBEPOST_");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                variable.append('_');
            }
            variable.append(Character.toUpperCase(c));
        }
        return variable.toString();
    }

    T parse(String text) throws BadValue {
        return parser.parse(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
