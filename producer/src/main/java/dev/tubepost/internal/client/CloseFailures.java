package dev.tubepost.internal.client;

import dev.tubepost.UndeliveredException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the closes of several sessions threw, told as one exception, so that none hides another. <em>Confined to whoever closes them.</em>
 *
 * <p>What was not delivered is added up. An exception that is no count, as of an interruption, goes before: who closes has to know that it is
 * not over.
 */
final class CloseFailures {

    private final List<UndeliveredException> undelivered = new ArrayList<>();
    private @Nullable RuntimeException other;

    /** A close threw this. */
    void add(RuntimeException thrown) {
        if (thrown instanceof UndeliveredException counted) {
            undelivered.add(counted);
        } else if (other == null) {
            other = thrown;
        } else {
            other.addSuppressed(thrown);
        }
    }

    /** Throws what there is to tell, if there is anything. */
    void throwIfAny() {
        UndeliveredException all = sum();
        if (other != null) {
            if (all != null) {
                other.addSuppressed(all);
            }
            throw other;
        }
        if (all != null) {
            throw all;
        }
    }

    /** That of the only session, or one with the numbers of all, that has each session's own as suppressed. */
    private @Nullable UndeliveredException sum() {
        if (undelivered.size() <= 1) {
            return undelivered.isEmpty() ? null : undelivered.get(0);
        }
        long notWritten = 0;
        long maybeWritten = 0;
        for (UndeliveredException each : undelivered) {
            notWritten += each.notWritten();
            maybeWritten += each.maybeWritten();
        }
        var all = new UndeliveredException(
                notWritten, maybeWritten, undelivered.get(0).getCause());
        undelivered.forEach(all::addSuppressed);
        return all;
    }
}
