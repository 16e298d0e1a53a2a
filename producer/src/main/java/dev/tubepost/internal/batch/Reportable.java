package dev.tubepost.internal.batch;

/** A message whose producing thread asked for a delivery report. */
public interface Reportable {

    /** The message's index in its batch. */
    int index();

    /** Posts the report; the message has its outcome. Called once, among the session's reports. */
    void report();
}
