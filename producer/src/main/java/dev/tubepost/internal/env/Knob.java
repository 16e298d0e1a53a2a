package dev.tubepost.internal.env;

/** Numbers that are what they are in production, and that the simulation sets to where something rare happens. */
public enum Knob {
    /** The first sequence number of a producer id: numbers wrap after 2^31-1 (F47). */
    FIRST_SEQUENCE
}
