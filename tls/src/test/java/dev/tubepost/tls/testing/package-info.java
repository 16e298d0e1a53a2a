/**
 * Certificates for tests, of every kind that a handshake must take or refuse; for the tests of other modules, too.
 *
 * <p>Stage: before a test's servers and clients start, on the test's thread. Next stage: files or contexts for both sides.
 */
@NullMarked
package dev.tubepost.tls.testing;

import org.jspecify.annotations.NullMarked;
