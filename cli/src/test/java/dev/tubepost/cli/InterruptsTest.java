package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    @Test
    void theFirstInterruptAsksAndEveryLaterOneInsists() {
        List<String> calls = new ArrayList<>();
        Interrupts interrupts =
                new Interrupts(exit -> calls.add("first " + exit.code()), exit -> calls.add("second " + exit.code()));
        interrupts.raise(ExitCode.TERMINATED);
        interrupts.raise(ExitCode.INTERRUPTED);
        interrupts.raise(ExitCode.TERMINATED);
        assertThat(calls).containsExactly("first 143", "second 130", "second 143");
    }
}
