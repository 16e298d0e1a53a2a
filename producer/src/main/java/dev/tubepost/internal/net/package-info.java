/**
 * The network: event loops on the JDK's {@code Selector}, and on them one connection per broker: dialling, handshake, frames, replies in
 * order, timeouts, and what is said when it fails.
 *
 * <p>{@link dev.tubepost.internal.net.EventLoops} is the production {@code Env}; {@link dev.tubepost.internal.net.Connection} runs on any
 * {@code Env} and asks for nothing else. Stage before: {@code broker} and {@code cluster}, which send calls. Thread: the event loop of the
 * actor that opened the connection.
 */
@NullMarked
package dev.tubepost.internal.net;

import org.jspecify.annotations.NullMarked;
