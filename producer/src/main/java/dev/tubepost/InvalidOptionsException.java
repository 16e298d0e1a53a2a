package dev.tubepost;

import java.util.List;

/** Options that cannot be used: every problem at once, each with the option, the value given, and what is allowed. */
public final class InvalidOptionsException extends TubepostException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    /** @param problems one sentence for each problem; at least one */
    public InvalidOptionsException(List<String> problems) {
        super(text(problems), null);
        this.problems = problems.toArray(String[]::new);
    }

    private static String text(List<String> problems) {
        if (problems.size() == 1) {
            return "Invalid options: " + problems.get(0);
        }
        return problems.size() + " problems with the options:\n  - " + String.join("\n  - ", problems);
    }

    /** One sentence for each problem, in the order of the options. */
    public List<String> problems() {
        return List.of(problems);
    }
}
