package dev.tubepost.sasl;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/**
 * Runs work as somebody: by {@code Subject.callAs}, where the JDK has it (18), and else by {@code Subject.doAs}, which later ones are about to lose.
 * <em>Stateless.</em>
 */
final class SubjectScope {

    private static final @Nullable MethodHandle CALL_AS = find();

    private SubjectScope() {}

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            Subject.class,
                            "callAs",
                            MethodType.methodType(Object.class, Subject.class, Callable.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    @SuppressWarnings("unchecked") // what the work gives
    static <T> T call(Subject subject, Callable<T> work) throws Exception {
        MethodHandle callAs = CALL_AS;
        try {
            return callAs == null ? doAs(subject, work) : (T) callAs.invoke(subject, work);
        } catch (CompletionException | PrivilegedActionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    @SuppressWarnings("removal") // not there in 17, where this runs
    private static <T> T doAs(Subject subject, Callable<T> work) throws PrivilegedActionException {
        return Subject.doAs(subject, (PrivilegedExceptionAction<T>) work::call);
    }
}
