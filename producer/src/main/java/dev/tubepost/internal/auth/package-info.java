/** Placeholder. */
@NullMarked
package dev.tubepost.internal.auth;

import org.jspecify.annotations.NullMarked;
