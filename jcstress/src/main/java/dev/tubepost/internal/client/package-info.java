/** What the package of this name in the producer publishes to other threads, under jcstress. */
package dev.tubepost.internal.client;
