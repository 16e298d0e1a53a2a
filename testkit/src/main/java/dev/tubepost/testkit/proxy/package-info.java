/**
 * A proxy in front of real brokers that does to connections what networks do: late, slow, cut, silent, and, since it knows where a request or a reply
 * begins, this very reply swallowed, held or cut off in its midst. See {@link dev.tubepost.testkit.proxy.FaultProxy}.
 */
@NullMarked
package dev.tubepost.testkit.proxy;

import org.jspecify.annotations.NullMarked;
