/**
 * Outcomes on their way to the user: futures, delivery reports, the listener.
 *
 * <p>Stage: the report thread, where user code runs. A broker worker hands a batch's outcome in; nothing comes after.
 */
@NullMarked
package dev.tubepost.internal.report;

import org.jspecify.annotations.NullMarked;
