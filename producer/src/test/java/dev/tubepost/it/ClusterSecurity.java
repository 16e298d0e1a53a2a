package dev.tubepost.it;

import dev.tubepost.ClusterOptions;

/**
 * Says how these tests get into the brokers where they listen securely; found as a service. With none they speak in plain text.
 * <em>Implementations are thread-safe.</em>
 */
public interface ClusterSecurity {

    /** Adds to the options what a connection to the tests' brokers needs. */
    ClusterOptions.Builder secure(ClusterOptions.Builder options);
}
