package dev.tubepost.internal.client;

import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Tells when a topic can be written to again. <em>Thread-safe:</em> it is looked at by who asks, and then by the report thread. */
final class Writability {

    private final ClientSession session;
    private final TopicRoute route;
    private final CompletableFuture<Void> writable = new CompletableFuture<>();

    private Writability(ClientSession session, TopicRoute route) {
        this.session = session;
        this.route = route;
    }

    /** Completed when the queue of each partition has room; among the reports, unless it is so now. */
    static CompletableFuture<Void> of(ClientSession session, TopicRoute route) {
        var writability = new Writability(session, route);
        writability.look();
        return writability.writable;
    }

    private void look() {
        boolean again = true;
        while (again) {
            again = !completeOrLineUp();
        }
    }

    /** False if what was found has changed meanwhile. */
    private boolean completeOrLineUp() {
        TopicRoute.Routes routes = route.open();
        if (routes == null) {
            Admission unassigned = session.router().unassigned();
            if (!unassigned.hasRoom()) {
                return lineUp(unassigned, route, () -> route.open() != null, () -> {});
            }
        } else {
            for (PartitionQueue queue : routes.queues()) {
                Admission admission = queue.admission();
                if (!admission.hasRoom()) {
                    return lineUp(
                            admission,
                            queue,
                            () -> queue.admission() != admission,
                            () -> queue.owner().hurry());
                }
            }
        }
        writable.complete(null);
        return true;
    }

    /**
     * Lines up for room; false if that is somewhere else by now.
     *
     * @param place for which the room is
     */
    private boolean lineUp(Admission admission, Object place, BooleanSupplier hasMoved, Runnable hurry) {
        var waiter = new Admission.Waiter(0, 0, place) {
            @Override
            protected void onRoom() {
                session.reporter().run(Writability.this::look);
            }

            @Override
            protected void onMoved() {
                onRoom();
            }
        };
        admission.await(waiter);
        // After lining up: it may have moved before, and whoever moved it did not see this one.
        if (hasMoved.getAsBoolean() && admission.leave(waiter)) {
            return false;
        }
        if (admission.lacksMemory(admission.maxBytes() / 8)) { // as hasRoom asks for
            session.hurry();
        } else {
            hurry.run();
        }
        return true;
    }
}
