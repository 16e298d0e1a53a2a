package dev.tubepost.internal.net;

import static dev.tubepost.interleaving.Interleavings.explore;
import static dev.tubepost.interleaving.Interleavings.require;
import static dev.tubepost.interleaving.Interleavings.together;

import dev.tubepost.interleaving.Interleavings;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mailbox's thread sleeps through no command, and starts once. */
@Tag("interleavings")
final class ReportThreadLincheckTest {

    @Test
    void wakesForEachCommandAndEndsAfterTheLast() {
        explore(() -> {
            List<String> ran = new ArrayList<>();
            var faults = new Faults((where, thrown) -> {});
            var mailbox = new ReportThread("reports", new Threads(Thread::new), faults, retired -> {});
            var all = new CountDownLatch(3);
            together(
                    () -> {
                        mailbox.post(() -> run("a1", ran, all));
                        mailbox.post(() -> run("a2", ran, all));
                    },
                    () -> mailbox.post(() -> run("b", ran, all)),
                    all::await); // before anything else is posted, which would wake a thread that sleeps too well
            mailbox.finish();
            Interleavings.join(Objects.requireNonNull(mailbox.thread()));
            require(ran.size() == 3, "each command ran once");
            require(ran.indexOf("a1") < ran.indexOf("a2"), "in order");
            require(faults.count() == 0, "nothing was thrown");
        });
    }

    private static void run(String command, List<String> ran, CountDownLatch all) {
        ran.add(command);
        all.countDown();
    }
}
