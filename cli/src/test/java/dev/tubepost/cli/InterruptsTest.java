package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptsTest {

    @Test
    void theFirstInterruptAsksAndEveryLaterOneInsists() {
        List<String> calls = new ArrayList<>();
        Interrupts interrupts = new Interrupts(() -> calls.add("first"), () -> calls.add("second"));
        interrupts.raise();
        interrupts.raise();
        interrupts.raise();
        assertThat(calls).containsExactly("first", "second", "second");
    }
}
