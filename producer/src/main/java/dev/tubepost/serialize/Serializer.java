package dev.tubepost.serialize;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes bytes of keys and values. Must be <em>thread-safe</em>: it runs on every thread that produces, at the same time.
 *
 * <p>It runs before anything is queued, and not under a lock: what it throws reaches the caller unchanged, and it may produce itself.
 * The bytes are copied before {@code produce} returns, so an array may be used again afterwards.
 *
 * @param <K> the type of keys
 * @param <V> the type of values
 */
public interface Serializer<K, V> {

    /** The key's bytes; null means that the record has no key. */
    byte @Nullable [] serializeKey(@Nullable K key);

    /** The value's bytes; null means a tombstone, which is not the same as no bytes. */
    byte @Nullable [] serializeValue(@Nullable V value);

    /** A serializer of two functions. Null stays null: the functions are never called with it. */
    static <K, V> Serializer<K, V> of(Function<? super K, byte[]> key, Function<? super V, byte[]> value) {
        return new Serializers.OfFunctions<>(key, value);
    }
}
