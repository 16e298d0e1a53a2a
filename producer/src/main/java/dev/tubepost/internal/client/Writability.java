package dev.tubepost.internal.client;

import dev.tubepost.internal.queue.Admission;
import dev.tubepost.internal.queue.PartitionQueue;
import java.util.concurrent.CompletableFuture;

/** When a topic can be written to again. Static, without state. */
final class Writability {

    private Writability() {}

    /** Completed when the queue of each partition has room; among the reports, unless it is so now. */
    static CompletableFuture<Void> of(ClientSession session, TopicRoute route) {
        var writable = new CompletableFuture<Void>();
        check(session, route, writable);
        return writable;
    }

    private static void check(ClientSession session, TopicRoute route, CompletableFuture<Void> writable) {
        TopicRoute.Routes routes = route.open();
        if (routes == null) {
            awaitRoom(session, route, session.router().unassigned(), () -> {}, writable);
            return;
        }
        for (PartitionQueue queue : routes.queues()) {
            if (!queue.admission().hasRoom()) {
                awaitRoom(session, route, queue.admission(), () -> queue.owner().hurry(), writable);
                return;
            }
        }
        writable.complete(null);
    }

    private static void awaitRoom(
            ClientSession session,
            TopicRoute route,
            Admission admission,
            Runnable hurry,
            CompletableFuture<Void> writable) {
        if (admission.hasRoom()) {
            writable.complete(null);
            return;
        }
        admission.await(new Admission.Waiter(0, 0) {
            @Override
            protected void onRoom() {
                session.reporter().run(() -> check(session, route, writable));
            }
        });
        if (admission.lacksMemory(admission.maxBytes() / 8)) { // as hasRoom asks for
            session.hurry();
        } else {
            hurry.run();
        }
    }
}
