package dev.tubepost.testkit.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Immutable. Does something to several nodes at the same time, each on a thread that ends with it. */
final class Parallel {
    private Parallel() {}

    /** Returns when all are done; the first failure is thrown and carries the others. What is not done at the deadline is a failure, and goes on
     * without being waited for. */
    static void forEach(Collection<Node> nodes, String verb, Deadline deadline, Consumer<Node> operation) {
        List<FutureTask<@Nullable Void>> tasks = new ArrayList<>();
        for (var node : nodes) {
            tasks.add(begin(node, verb, operation));
        }
        RuntimeException failure = null;
        int index = 0;
        for (var node : nodes) {
            try {
                deadline.await(tasks.get(index++), verb + " " + node.name());
            } catch (ExecutionException e) {
                failure = add(failure, unwrapped(e, verb, node));
            } catch (EmbeddedKafkaException e) {
                failure = add(failure, e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static FutureTask<@Nullable Void> begin(Node node, String verb, Consumer<Node> operation) {
        var task = new FutureTask<@Nullable Void>(() -> operation.accept(node), null);
        var thread = new Thread(task, "tubepost-embedded-" + verb + "-" + node.name());
        thread.setDaemon(true);
        // Kafka looks up classes named in its configuration through the context class loader, and its threads inherit
        // it.
        thread.setContextClassLoader(EmbeddedKafka.class.getClassLoader());
        thread.start();
        return task;
    }

    private static RuntimeException unwrapped(ExecutionException e, String verb, Node node) {
        return e.getCause() instanceof RuntimeException cause
                ? cause
                : new EmbeddedKafkaException("Could not " + verb + " " + node.name(), e.getCause());
    }

    private static RuntimeException add(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }
}
