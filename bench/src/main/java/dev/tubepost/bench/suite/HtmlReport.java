package dev.tubepost.bench.suite;

final class HtmlReport {
    static String of(SuiteResult r) {
        return "";
    }
}
