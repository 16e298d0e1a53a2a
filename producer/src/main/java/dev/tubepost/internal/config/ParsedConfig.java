package dev.tubepost.internal.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Options that were given by name, read as far as possible, with what is wrong about the rest. <em>Immutable</em> once read.
 *
 * <p>Values are taken as they are: no placeholder is expanded (CVE-2024-31141), no class loaded (CVE-2023-25194). Values of names that
 * are not known are not repeated in messages, as they may be secrets.
 */
public final class ParsedConfig {

    private static final SortedSet<String> KNOWN_NAMES = allNames();

    private final Map<ConfigKey<?>, Given> given = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /** A value, and by which name it was given. */
    private record Given(String name, String text, Object value) {}

    private ParsedConfig() {}

    /** Reads options in the order of their names, so that the same options have the same problems in the same order. */
    public static ParsedConfig of(Map<?, ?> options) {
        ParsedConfig config = new ParsedConfig();
        Map<String, String> sorted = new TreeMap<>();
        options.forEach((name, value) -> {
            if (!(name instanceof String key)) {
                config.problems.add("an option's name must be text, not " + name);
            } else if (value != null) {
                sorted.put(key, text(value));
            }
        });
        sorted.forEach(config::read);
        return config;
    }

    private static String text(Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(ParsedConfig::text).collect(Collectors.joining(","));
        }
        if (value instanceof Duration duration) {
            return duration.toString();
        }
        return value.toString().strip();
    }

    private void read(String name, String text) {
        ConfigKey<?> key = OptionTable.byName(name);
        if (key != null) {
            read(key, name, text);
            return;
        }
        ForeignName foreign = ForeignName.find(name);
        if (foreign == null) {
            String nearest = NearestName.to(name, KNOWN_NAMES);
            problems.add(
                    name + ": there is no such option" + (nearest == null ? "" : "; did you mean " + nearest + "?"));
        } else if (!foreign.passesOver(text)) {
            problems.add(name + (foreign.secret() ? "" : " = " + text) + ": " + foreign.instead());
        }
    }

    private void read(ConfigKey<?> key, String name, String text) {
        if (text.contains("${")) {
            problems.add(name + " = " + text + ": placeholders are never expanded; give the value itself");
            return;
        }
        try {
            Given now = new Given(name, text, key.parse(text));
            Given before = given.putIfAbsent(key, now);
            if (before != null && !before.value.equals(now.value)) {
                problems.add(name + " = " + text + ": contradicts " + before.name + " = " + before.text
                        + ", which is another name of the same option; give one of them");
            }
        } catch (BadValue e) {
            problems.add(name + " = " + (text.isEmpty() ? "(empty)" : text) + ": " + e.allowed());
        }
    }

    /** An option's value, or null if it was not given. */
    @SuppressWarnings("unchecked") // read(key, ...) stores under a key what that key's parser made
    public <T> @Nullable T get(ConfigKey<T> key) {
        Given found = given.get(key);
        return found == null ? null : (T) found.value;
    }

    /** Hands an option's value to a setter, if it was given. */
    public <T> void ifGiven(ConfigKey<T> key, Consumer<? super T> setter) {
        T value = get(key);
        if (value != null) {
            setter.accept(value);
        }
    }

    /** By which name an option was given; its name in Java, if it was not. */
    public String nameOf(String javaName) {
        ConfigKey<?> key = OptionTable.byName(javaName);
        Given found = key == null ? null : given.get(key);
        return found == null ? javaName : found.name;
    }

    /** What is wrong, one sentence for each problem. */
    public List<String> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** All names that an option may be given by. */
    public static SortedSet<String> knownNames() {
        return KNOWN_NAMES;
    }

    private static SortedSet<String> allNames() {
        SortedSet<String> names = new TreeSet<>();
        OptionTable.ALL.forEach(key -> names.addAll(key.names()));
        return Collections.unmodifiableSortedSet(names);
    }
}
