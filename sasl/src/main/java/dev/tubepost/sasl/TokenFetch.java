package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.security.Token;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Gets one token from where tokens are made. <em>Confined to the cache's actor.</em> */
interface TokenFetch {

    /**
     * Begins, and returns at once. One at a time.
     *
     * @param actor within which this is called, and told: once, and in a bounded time
     */
    void begin(Actor actor, BiConsumer<@Nullable Token, @Nullable Throwable> done);
}
