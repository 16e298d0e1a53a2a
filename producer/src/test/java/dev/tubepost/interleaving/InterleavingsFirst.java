package dev.tubepost.interleaving;

import java.util.Comparator;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * Lets Lincheck's tests run before all others. <em>Immutable.</em> Each of them has classes of the JVM rewritten, which takes the longer the more
 * classes there are.
 */
public final class InterleavingsFirst implements ClassOrderer {

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors()
                .sort(Comparator.comparing(
                        test -> !test.getTestClass().getSimpleName().endsWith("LincheckTest")));
    }
}
