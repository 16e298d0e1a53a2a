/** How the tests explore the orders in which threads can act. */
@NullMarked
package dev.tubepost.interleaving;

import org.jspecify.annotations.NullMarked;
