package dev.tubepost.testkit.net;

import org.jspecify.annotations.Nullable;

/** Whoever listens at an address. <em>Confined to the run's thread.</em> */
@FunctionalInterface
public interface Acceptor {

    /** Somebody connects: what takes its bytes, or null to refuse. */
    @Nullable
    ServerEnd accept(SimConnection connection);
}
