package dev.tubepost.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The simulation with a producer of its own, in which some classes are other ones. <em>Thread-safe.</em> Everything of the project is loaded anew;
 * what it uses (Kafka's classes, the logger) is shared.
 */
final class SimulatedWorld {

    private static final String SIMULATION = "dev.tubepost.testkit.sim.Simulation";

    /** A run takes milliseconds. */
    private static final long LONGEST_RUN_SECONDS = 30;

    private final Method run;
    private final Method problems;

    /** @param changed the classes that differ, by name */
    SimulatedWorld(ProjectClasses classes, Map<String, byte[]> changed) {
        var loader = new Loader(classes, changed);
        try {
            Class<?> simulation = loader.loadClass(SIMULATION);
            run = simulation.getMethod("run", long.class);
            problems = run.getReturnType().getMethod("problems");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the simulation is another one than was thought", e);
        }
    }

    /**
     * What the simulation says of a seed; empty if all is well.
     *
     * @throws IllegalStateException if the run does not end, which no promise of the simulation covers
     */
    List<String> problemsOf(long seed) {
        var result = new CompletableFuture<List<String>>();
        var runner = new Thread(() -> result.complete(runNow(seed)), "seed-" + seed);
        runner.setDaemon(true);
        runner.start();
        try {
            return result.get(LONGEST_RUN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "seed " + seed + " does not end: " + Arrays.toString(runner.getStackTrace()), e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> runNow(long seed) {
        try {
            Object outcome = run.invoke(null, seed);
            return ((List<?>) Objects.requireNonNull(problems.invoke(outcome)))
                    .stream().map(String::valueOf).toList();
        } catch (InvocationTargetException e) {
            return List.of("the run ended with " + e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Loader extends ClassLoader {
        private final ProjectClasses classes;
        private final Map<String, byte[]> changed;

        Loader(ProjectClasses classes, Map<String, byte[]> changed) {
            super("planted", SimulatedWorld.class.getClassLoader());
            this.classes = classes;
            this.changed = changed;
            setDefaultAssertionStatus(true);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = bytesOf(name);
                return bytes == null ? super.loadClass(name, resolve) : defineClass(name, bytes, 0, bytes.length);
            }
        }

        private byte @Nullable [] bytesOf(String name) {
            byte[] other = changed.get(name);
            return other == null ? classes.get(name) : other;
        }
    }
}
