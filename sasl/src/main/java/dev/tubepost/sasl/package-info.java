/**
 * The ways to prove to a broker who we are: the SASL mechanisms PLAIN, SCRAM, OAUTHBEARER and GSSAPI, and where tokens and tickets come from.
 *
 * <p>{@link dev.tubepost.sasl.Authenticators} makes what {@code net} asks for each connection; nothing here knows frames or sockets to brokers.
 * Stage before: {@code net}, which has negotiated the mechanism. Thread: the conversation's actor; what blocks or burns CPU runs on the actor's side
 * and remote threads; {@link dev.tubepost.sasl.TokenCache} has an actor of its own. Next stage: {@code net} again, which sends the bytes.
 */
@NullMarked
package dev.tubepost.sasl;

import org.jspecify.annotations.NullMarked;
