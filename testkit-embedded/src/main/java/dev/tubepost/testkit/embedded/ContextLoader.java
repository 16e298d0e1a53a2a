package dev.tubepost.testkit.embedded;

import java.util.function.Supplier;

/**
 * Immutable. Runs code with the class loader that loaded Kafka as the thread's context class loader: Kafka's clients look up the classes of their
 * own defaults through it, and fail when this module was loaded by a loader of its own.
 */
final class ContextLoader {
    private ContextLoader() {}

    static <T> T with(Supplier<T> code) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(EmbeddedKafka.class.getClassLoader());
        try {
            return code.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
