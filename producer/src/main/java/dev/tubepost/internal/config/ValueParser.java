package dev.tubepost.internal.config;

/** Reads a value from text without blanks around it. <em>Stateless.</em> */
@FunctionalInterface
interface ValueParser<T> {

    T parse(String text) throws BadValue;
}
