/**
 * Time, network and chance, as interfaces: everything below the public API asks this package and nothing else for them.
 *
 * <p>In production {@code dev.tubepost.internal.net} runs it on event loops; the test kit runs the same classes on one thread, in
 * virtual time, with a seed that decides who runs and what breaks.
 *
 * <p>The seams to the modules {@code tls} and {@code sasl} are here, too: {@link dev.tubepost.internal.env.TransportSecurity} and
 * {@link dev.tubepost.internal.env.Authenticator}, and what both read keys with.
 * {@link dev.tubepost.internal.env.Lockable} is here as locks are a matter of threads: nobody below has others than it and the JDK's plain one.
 */
@NullMarked
package dev.tubepost.internal.env;

import org.jspecify.annotations.NullMarked;
