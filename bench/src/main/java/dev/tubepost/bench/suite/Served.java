package dev.tubepost.bench.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one run's messages go. <em>Confined to</em> the suite's thread. A place of its own for each run: what an earlier client left behind must
 * not count for a later one.
 */
interface Served extends AutoCloseable {

    /** Where the client connects. */
    String bootstrapServers();

    /** The certificate that it shows, as a file in PEM; null: it speaks no TLS. */
    default @Nullable Path trust() {
        return null;
    }

    /** The topic to produce to. */
    String topic();

    /**
     * What arrived, once the client's process has ended.
     *
     * @return {@code records}: how many; and what else the other end can tell, as metrics
     */
    Map<String, Double> arrived() throws IOException;

    @Override
    void close() throws IOException;
}
