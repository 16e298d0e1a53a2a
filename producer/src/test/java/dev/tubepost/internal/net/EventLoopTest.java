package dev.tubepost.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An error where no command, timer or handler runs does not end the loop (F76). */
final class EventLoopTest {

    @Test
    void goesOnAfterAnError() throws Exception {
        var told = new CompletableFuture<Throwable>();
        var opened = new CompletableFuture<Throwable>();
        var faults = new Faults((where, thrown) -> {
            if (!opened.complete(thrown)) {
                told.complete(thrown);
            }
        });
        var loop = new EventLoop("loop", new Threads(EventLoops.platformThreads()), faults, new NoMemory()::open);
        try (var loops = new Loops()) {
            var actor = new LoopActor(loops.loops, loop, "actor");
            var ran = new CompletableFuture<Void>();
            loop.post(actor, () -> ran.complete(null));
            ran.get(30, TimeUnit.SECONDS);
            assertThat(opened.get(30, TimeUnit.SECONDS)).hasMessage("in open");
            assertThat(told.get(30, TimeUnit.SECONDS)).hasMessage("in select");
            var ranAfter = new CompletableFuture<Void>();
            loop.post(actor, () -> ranAfter.complete(null));
            ranAfter.get(30, TimeUnit.SECONDS);
        } finally {
            loop.close();
        }
    }

    private record Loops(EventLoops loops) implements AutoCloseable {
        Loops() {
            this(new EventLoops(EventLoops.Settings.defaults()));
        }

        @Override
        public void close() {
            loops.close();
        }
    }

    /** Has no memory the first time that it opens a selector, and the first time that this one selects. <em>Confined to the loop.</em> */
    private static final class NoMemory {
        private boolean opened;
        private boolean selected;

        Selector open() throws IOException {
            if (!opened) {
                opened = true;
                throw new OutOfMemoryError("in open");
            }
            return new Fragile(Selector.open());
        }

        private void strike() {
            if (!selected) {
                selected = true;
                throw new OutOfMemoryError("in select");
            }
        }

        private final class Fragile extends Selector {
            private final Selector real;

            Fragile(Selector real) {
                this.real = real;
            }

            @Override
            public int selectNow() throws IOException {
                strike();
                return real.selectNow();
            }

            @Override
            public int select(long timeout) throws IOException {
                strike();
                return real.select(timeout);
            }

            @Override
            public int select() throws IOException {
                strike();
                return real.select();
            }

            @Override
            public boolean isOpen() {
                return real.isOpen();
            }

            @Override
            public SelectorProvider provider() {
                return real.provider();
            }

            @Override
            public Set<SelectionKey> keys() {
                return real.keys();
            }

            @Override
            public Set<SelectionKey> selectedKeys() {
                return real.selectedKeys();
            }

            @Override
            public Selector wakeup() {
                real.wakeup();
                return this;
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        }
    }
}
