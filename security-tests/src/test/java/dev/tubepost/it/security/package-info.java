/** The producer against a real Kafka with secured listeners: what it delivers, what it refuses, what it never tells. */
@NullMarked
package dev.tubepost.it.security;

import org.jspecify.annotations.NullMarked;
