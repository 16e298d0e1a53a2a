package dev.tubepost.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Ctrl-C, and the SIGTERM of {@code kill}, {@code timeout} and supervisors: the first asks the run to end, the second ends the process.
 * <em>Thread-safe.</em>
 *
 * <p>A shutdown hook alone cannot do this: it hears neither of a second signal nor can it choose the exit status, and the JVM is then
 * already going down. The JDK's {@code sun.misc.Signal} (module jdk.unsupported, in every JDK) can; it is reached by reflection because
 * a compiler that is asked for Java 17's API warns of it. Where it is missing, or where the parent process chose to ignore a signal,
 * nothing is installed for it and the platform's behaviour stands.
 */
final class Interrupts {

    private static final Map<String, ExitCode> SIGNALS =
            Map.of("INT", ExitCode.INTERRUPTED, "TERM", ExitCode.TERMINATED);

    private final Consumer<ExitCode> first;
    private final Consumer<ExitCode> second;
    private final AtomicBoolean seen = new AtomicBoolean();

    /** What to do at the first signal, and at every later one; each is told the exit code that goes with it. */
    Interrupts(Consumer<ExitCode> first, Consumer<ExitCode> second) {
        this.first = first;
        this.second = second;
    }

    /** Asks the JVM to call {@link #raise} at every such signal. */
    void install() {
        SIGNALS.forEach(this::install);
    }

    private void install(String name, ExitCode exit) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        return onCall(exit, self, method, arguments);
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Without it the signal ends the process at once, as it does everywhere.
            return;
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy has nothing but its identity
    private Object onCall(ExitCode exit, Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "Interrupts";
            default -> {
                raise(exit);
                yield self;
            }
        };
    }

    /** A signal came; a run that it ends has this exit code. */
    void raise(ExitCode exit) {
        (seen.getAndSet(true) ? second : first).accept(exit);
    }
}
