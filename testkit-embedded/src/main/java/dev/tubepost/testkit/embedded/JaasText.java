package dev.tubepost.testkit.embedded;

/** Values for Kafka's {@code sasl.jaas.config}. <em>Stateless.</em> */
final class JaasText {
    private JaasText() {}

    /** Any text as one value: its parser ends a value at a quotation mark and takes a backslash for the start of an escape. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
