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

    private ConfigKey(String name, List<String> names, ValueParser<T> parser) {
        this.name = name;
        this.names = List.copyOf(names);
        this.parser = parser;
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
        return new ConfigKey<>(name, names, parser);
    }

    /** The option's name in Java. */
    public String name() {
        return name;
    }

    /** All names, the one in Java first. Names that two of the three share are listed twice. */
    public List<String> names() {
        return names;
    }

    T parse(String text) throws BadValue {
        return parser.parse(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
