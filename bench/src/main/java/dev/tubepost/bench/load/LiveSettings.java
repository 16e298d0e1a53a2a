package dev.tubepost.bench.load;

import java.lang.reflect.Field;

/** Reads what a live client really goes by, so that no misspelt option passes for a fair one. <em>Stateless.</em> */
final class LiveSettings {

    private LiveSettings() {}

    /** The private field of a client, or a failure that names it: a benchmark of unknown settings is none. */
    static <T> T of(Object client, String field, Class<T> type) {
        try {
            Field hidden = client.getClass().getDeclaredField(field);
            hidden.setAccessible(true);
            return type.cast(hidden.get(client));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(client.getClass() + " keeps its settings elsewhere than in " + field, e);
        }
    }
}
