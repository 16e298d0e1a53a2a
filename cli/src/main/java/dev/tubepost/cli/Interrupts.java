package dev.tubepost.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Ctrl-C: the first asks the run to end, the second ends the process. <em>Thread-safe.</em>
 *
 * <p>A shutdown hook alone cannot do this: it hears neither of a second signal nor can it choose the exit status, and the JVM is then
 * already going down. The JDK's {@code sun.misc.Signal} (module jdk.unsupported, in every JDK) can; it is reached by reflection because
 * a compiler that is asked for Java 17's API warns of it. Where it is missing, or where the parent process chose to ignore the signal,
 * nothing is installed and the platform's behaviour stands.
 */
final class Interrupts {

    private static final String SIGNAL = "INT";

    private final Runnable first;
    private final Runnable second;
    private boolean seen;

    /** What to do at the first interrupt, and at every later one. */
    Interrupts(Runnable first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    /** Asks the JVM to call {@link #raise} at every Ctrl-C. */
    void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        return onCall(self, method, arguments);
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(SIGNAL), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            // Without it Ctrl-C ends the process at once, as it does everywhere.
            return;
        }
    }

    @SuppressWarnings("ReferenceEquality") // a proxy has nothing but its identity
    private Object onCall(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> "Interrupts";
            default -> {
                raise();
                yield self;
            }
        };
    }

    /** Ctrl-C was pressed. */
    void raise() {
        boolean again;
        synchronized (this) {
            again = seen;
            seen = true;
        }
        (again ? second : first).run();
    }
}
