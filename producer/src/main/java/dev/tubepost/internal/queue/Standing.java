package dev.tubepost.internal.queue;

import dev.tubepost.TimeSpent;
import org.jspecify.annotations.Nullable;

/**
 * Where a message stands that has no outcome yet, as whoever has it knows. <em>Immutable.</em>
 *
 * @param broker whom it was sent to or waits for, or null for nobody
 * @param trouble what it waits for or what went wrong last, for messages
 * @param spent where its time went up to now
 */
public record Standing(@Nullable String broker, String trouble, TimeSpent spent) {}
