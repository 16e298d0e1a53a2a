package dev.tubepost.internal.config;

import dev.tubepost.security.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Options that were given by name, read as far as possible, with what is wrong about the rest. <em>Confined to one thread.</em>
 *
 * <p>Values are taken as they are: no placeholder is expanded (CVE-2024-31141), no class loaded (CVE-2023-25194). Values of names that
 * are not known are not repeated in messages, as they may be secrets.
 *
 * <p>As in kafka-clients, what {@code security.protocol} does not ask for is not looked at: {@code ssl.*} without TLS, {@code sasl.*} without SASL. Only
 * the names must exist.
 */
public final class ParsedConfig {

    private static final SortedSet<String> KNOWN_NAMES = allNames();

    /** Made when the first name is misspelt. */
    private static final class Misspelt {
        static final NearestName NEAREST = new NearestName(KNOWN_NAMES);
    }

    private final Map<ConfigKey<?>, Given> given = new HashMap<>();
    private final Set<ConfigKey<?>> unreadable = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    /** What is asked for; null if that is not said, or not to be understood: then everything is looked at. */
    private final @Nullable SecurityProtocol protocol;

    /** Whether no value at all is repeated in messages, and no name that is not known: a slip of the quotes makes a value a name. */
    private final boolean hidesValues;

    /**
     * A value, and by which name it was given.
     *
     * @param shown what messages repeat of it
     */
    private record Given(String name, String shown, Object value) {}

    private ParsedConfig(@Nullable SecurityProtocol protocol, boolean hidesValues) {
        this.protocol = protocol;
        this.hidesValues = hidesValues;
    }

    /** Reads options of which nothing is repeated in messages but the names that are known, as all of them are part of a secret. */
    public static ParsedConfig ofSecret(Map<?, ?> options) {
        return of(options, true);
    }

    /** Reads options in the order of their names, so that the same options have the same problems in the same order. */
    public static ParsedConfig of(Map<?, ?> options) {
        return of(options, false);
    }

    private static ParsedConfig of(Map<?, ?> options, boolean hidesValues) {
        ParsedConfig config = new ParsedConfig(protocol(options), hidesValues);
        Map<String, Object> sorted = new TreeMap<>();
        options.forEach((name, value) -> {
            if (!(name instanceof String key)) {
                config.problems.add("an option's name must be text, not " + name);
            } else if (value != null) {
                sorted.put(key, value);
            }
        });
        sorted.forEach(config::read);
        return config;
    }

    private static @Nullable SecurityProtocol protocol(Map<?, ?> options) {
        for (String name : SecurityTable.PROTOCOL.names()) {
            Object value = options.get(name);
            if (value != null) {
                try {
                    return SecurityTable.PROTOCOL.parse(text(value));
                } catch (BadValue e) {
                    return null; // told where it is read
                }
            }
        }
        return null;
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

    /** Secrets are text or come wrapped; another object's {@code toString} hides what it has, as that of kafka-clients' {@code Password} does. */
    private static @Nullable String secretText(Object value) {
        if (value instanceof Secret secret) {
            return String.valueOf(secret.chars());
        }
        if (value instanceof char[] chars) {
            return String.valueOf(chars);
        }
        return value instanceof CharSequence || value instanceof URI ? text(value) : null;
    }

    private void read(String name, Object value) {
        ConfigKey<?> key = OptionTable.byName(name);
        if (key != null) {
            String text = key.secret() ? secretText(value) : text(value);
            if (isIgnored(SecurityTable.TLS.contains(key), SecurityTable.SASL.contains(key))) {
                return;
            }
            if (text == null) {
                problems.add(name + ": must be given as text, as a char[], or as a Secret");
            } else if (!isSecurity(key) || SecurityTable.asks(key, text)) {
                read(key, name, text);
            }
            return;
        }
        ForeignName foreign = ForeignName.find(name);
        if (foreign == null) {
            String nearest = Misspelt.NEAREST.to(name);
            problems.add((hidesValues ? "an option that is not repeated here" : withoutValue(name))
                    + ": there is no such option"
                    + (nearest == null ? "" : "; did you mean " + nearest + "?"));
        } else if (!isIgnored(name.startsWith("ssl."), name.startsWith("sasl.")) && !foreign.passesOver(text(value))) {
            problems.add((hidesValues ? foreign.name() : name)
                    + shown(foreign.secret(), text(value))
                    + ": "
                    + foreign.instead());
        }
    }

    /** A value may have become a part of the name, where another character stands in place of the equals sign. */
    private static String withoutValue(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && "._-".indexOf(c) < 0) {
                return name.substring(0, i) + "...";
            }
        }
        return name;
    }

    private static boolean isSecurity(ConfigKey<?> key) {
        return SecurityTable.ALL.contains(key);
    }

    private boolean isIgnored(boolean isTls, boolean isSasl) {
        return protocol != null && ((isTls && !protocol.tls()) || (isSasl && !protocol.sasl()));
    }

    private String shown(boolean isSecret, String text) {
        return isSecret || hidesValues ? "" : " = " + (text.isEmpty() ? "(empty)" : text);
    }

    private void read(ConfigKey<?> key, String name, String text) {
        String shown = shown(key.secret(), text);
        if (text.contains("${")) {
            unreadable.add(key);
            problems.add(name + shown + ": placeholders are never expanded; give the value itself"
                    + (key.secret() && !hidesValues ? ", or the environment variable " + key.variable() : ""));
            return;
        }
        try {
            Given now = new Given(name, shown, key.parse(text));
            Given before = given.putIfAbsent(key, now);
            if (before != null && !before.value.equals(now.value)) {
                problems.add(name + shown + ": contradicts " + before.name + before.shown
                        + ", which is another name of the same option; give one of them");
            }
        } catch (BadValue e) {
            unreadable.add(key);
            problems.add(name + shown + ": " + e.allowed());
        }
    }

    /**
     * Reads a value that an environment variable has, if it was not given by name: a secret.
     *
     * @param environment the value of a variable by its name, or null
     */
    public void readVariable(ConfigKey<?> key, UnaryOperator<@Nullable String> environment) {
        if (given.containsKey(key) || unreadable.contains(key)) {
            return;
        }
        String value = environment.apply(key.variable());
        if (value == null || value.isBlank()) {
            return;
        }
        try {
            given.put(key, new Given(key.variable(), "", key.parse(value.strip())));
        } catch (BadValue e) {
            unreadable.add(key);
            problems.add("the environment variable " + key.variable() + ": " + e.allowed());
        }
    }

    /** Adds what is wrong about an option, by the name that it was given by. The text must not hold a secret. */
    public void refuse(ConfigKey<?> key, String text) {
        Given found = given.get(key);
        problems.add(nameOf(key.name()) + (found == null ? "" : found.shown) + ": " + text);
    }

    /** Adds a problem as it stands. */
    public void refuse(String problem) {
        problems.add(problem);
    }

    /** Whether a value was given that cannot be read, which is among the problems. */
    public boolean isUnreadable(ConfigKey<?> key) {
        return unreadable.contains(key);
    }

    /** The names of the options that say how to secure connections, as far as they were given, sorted. */
    public SortedSet<String> givenForSecurity() {
        SortedSet<String> names = new TreeSet<>();
        given.forEach((key, value) -> {
            if (SecurityTable.TLS.contains(key) || SecurityTable.SASL.contains(key)) {
                names.add(value.name);
            }
        });
        return names;
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

    /** By which name an option was given; its name in Java, if it was not. In a login module's options, only kafka-clients' names count. */
    public String nameOf(String javaName) {
        ConfigKey<?> key = OptionTable.byName(javaName);
        Given found = key == null ? null : given.get(key);
        if (found != null) {
            return found.name;
        }
        return key == null || !hidesValues
                ? javaName
                : key.names().get(key.names().size() - 1);
    }

    /**
     * Reads a duration as an option's value.
     *
     * @throws IllegalArgumentException if it is none, with what is allowed
     */
    public static Duration duration(String text) {
        try {
            return Values.duration(text.strip());
        } catch (BadValue e) {
            throw new IllegalArgumentException(e.allowed(), e);
        }
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
        return Collections.unmodifiableSortedSet(new TreeSet<>(OptionTable.names()));
    }
}
