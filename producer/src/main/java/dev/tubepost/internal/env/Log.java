package dev.tubepost.internal.env;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the library says what nobody asked for. <em>Thread-safe.</em>
 *
 * <p>The logging library is looked for when the first thing is said, as a rule never: to look for it takes longer than to connect to a broker.
 */
public final class Log {

    private final String name;

    /** Racy: the factory gives the same logger again. */
    private volatile @Nullable Logger logger;

    private Log(String name) {
        this.name = name;
    }

    /** The log of that name. */
    public static Log of(String name) {
        return new Log(name);
    }

    /** Something is lost or wrong; {@code arguments} as in slf4j, the last may be an exception. */
    public void error(String message, Object... arguments) {
        logger().error(message, arguments);
    }

    /** Something is amiss, and goes on. */
    public void warn(String message, Object... arguments) {
        logger().warn(message, arguments);
    }

    /** Something that an operator may want to know afterwards. */
    public void info(String message, Object... arguments) {
        logger().info(message, arguments);
    }

    private Logger logger() {
        Logger known = logger;
        if (known == null) {
            known = LoggerFactory.getLogger(name);
            logger = known;
        }
        return known;
    }
}
