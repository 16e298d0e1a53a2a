package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.security.Token;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where a cluster's connections have their tokens from. <em>Thread-safe.</em> */
interface Tokens {

    /**
     * A token that has not expired.
     *
     * @param asker within which this is called, and told once
     */
    void ask(Actor asker, BiConsumer<@Nullable Token, @Nullable Throwable> answer);

    /** A broker has refused it: it is not to be offered for all its life. */
    default void onRefused(Token token) {}
}
