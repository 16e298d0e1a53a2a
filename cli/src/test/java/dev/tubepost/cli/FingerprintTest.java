package dev.tubepost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final byte[] A = {1};
    private static final byte[] B = {2};
    private static final byte[] EMPTY = {};

    @Test
    void theSameMessagesInTheSameOrderAreTheSame() {
        assertThat(same(print(A, B, B, A), print(A, B, B, A))).isTrue();
        assertThat(same(print(), print())).isTrue();
    }

    @Test
    void anotherOrderIsNotTheSame() {
        assertThat(same(print(null, A, null, B), print(null, B, null, A))).isFalse();
    }

    @Test
    void keyAndValueAreNotInterchangeable() {
        assertThat(same(print(A, EMPTY), print(EMPTY, A))).isFalse();
    }

    @Test
    void nullIsNotEmpty() {
        assertThat(same(print(A, null), print(A, EMPTY))).isFalse();
    }

    @Test
    void oneMessageMoreIsNotTheSame() {
        assertThat(same(print(A, B), print(A, B, A, B))).isFalse();
    }

    @Test
    void headersCount() {
        Fingerprint with = new Fingerprint();
        with.message(A, B, 1);
        with.header("h", B);
        Fingerprint other = new Fingerprint();
        other.message(A, B, 1);
        other.header("h", A);
        assertThat(same(with, other)).isFalse();
    }

    private static boolean same(Fingerprint one, Fingerprint other) {
        return one.sameContent(other);
    }

    private static Fingerprint print(byte[] @Nullable ... keysAndValues) {
        Fingerprint print = new Fingerprint();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            print.message(keysAndValues[i], keysAndValues[i + 1], 0);
        }
        return print;
    }
}
