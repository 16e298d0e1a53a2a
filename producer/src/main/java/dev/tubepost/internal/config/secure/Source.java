package dev.tubepost.internal.config.secure;

import dev.tubepost.InvalidOptionsException;
import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.ParsedConfig;
import dev.tubepost.security.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What was given by name and what the environment has. <em>Confined to one thread.</em>
 *
 * @param config what was given
 * @param environment the value of a variable by its name, or null; itself null: secrets are not asked for there
 */
record Source(ParsedConfig config, @Nullable UnaryOperator<@Nullable String> environment) {

    <T> @Nullable T get(ConfigKey<T> key) {
        return config.get(key);
    }

    boolean has(ConfigKey<?> key) {
        return config.get(key) != null;
    }

    /** Whether an option that is on or off was turned on. */
    boolean isOn(ConfigKey<Boolean> key) {
        return Boolean.TRUE.equals(config.get(key));
    }

    /** A secret that is not asked for in the environment. */
    @Nullable
    Secret given(ConfigKey<String> key) {
        String text = config.get(key);
        return text == null ? null : Secret.of(text);
    }

    /** A secret that may be in the environment. */
    @Nullable
    Secret secret(ConfigKey<String> key) {
        readVariable(key);
        return given(key);
    }

    /** Takes what the environment has, if it was not given by name. */
    void readVariable(ConfigKey<?> key) {
        if (environment != null) {
            config.readVariable(key, environment);
        }
    }

    /** A file's path, or null if none was given, or none that can be one. */
    @Nullable
    Path path(ConfigKey<String> key) {
        String text = config.get(key);
        if (text == null) {
            return null;
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            config.refuse(key, "must be the path of a file");
            return null;
        }
    }

    /** Says that an option is missing; one that was given and cannot be read was told of. */
    void need(ConfigKey<?> key, String why) {
        if (!config.isUnreadable(key)) {
            boolean mayBeVariable = key.secret() && environment != null;
            config.refuse(
                    key,
                    "is not given, and " + why
                            + (mayBeVariable
                                    ? "; the environment variable " + key.variable() + " can have it, too"
                                    : ""));
        }
    }

    /** How the user called an option. */
    String name(ConfigKey<?> key) {
        return config.nameOf(key.name());
    }

    /**
     * Builds options; their problems are told by the names that the user gave.
     *
     * @param names the options by what the builder calls them
     */
    <T> @Nullable T build(Map<String, ConfigKey<?>> names, Supplier<T> builder) {
        try {
            return builder.get();
        } catch (InvalidOptionsException e) {
            e.problems().forEach(problem -> config.refuse(renamed(problem, names)));
            return null;
        }
    }

    private String renamed(String problem, Map<String, ConfigKey<?>> names) {
        StringBuilder renamed = new StringBuilder();
        int from = 0;
        for (int to = 0; to <= problem.length(); to++) {
            if (to == problem.length() || !Character.isLetter(problem.charAt(to))) {
                String word = problem.substring(from, to);
                ConfigKey<?> key = names.get(word);
                renamed.append(key == null ? word : name(key)).append(problem, to, Math.min(to + 1, problem.length()));
                from = to + 1;
            }
        }
        return renamed.toString();
    }
}
