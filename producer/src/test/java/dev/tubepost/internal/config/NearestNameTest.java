package dev.tubepost.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {

    private final NearestName known = new NearestName(ParsedConfig.knownNames());

    @ParameterizedTest
    @CsvSource({
        "linger.m, linger.ms",
        "linger-ms, linger.ms",
        "linger_mss, linger_ms",
        "lingerr, linger",
        "max_queue_messages, max_queued_messages",
        "batchsize, batch.size",
        "compresion.type, compression.type",
        "bootstrap.server, bootstrap.servers",
        "BOOTSTRAP_SERVERS, bootstrap.servers",
        "ack, acks",
    })
    void findsWhatAMisspeltNameWasMeantToBe(String misspelt, String meant) {
        assertThat(known.to(misspelt)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"password", "group.id", "x", "auto.offset.reset"})
    void findsNothingForWhatResemblesNothing(String name) {
        assertThat(known.to(name)).isNull();
    }

    @Test
    void countsCharactersToInsertRemoveOrReplace() {
        assertThat(NearestName.distance("", "abc", 3)).isEqualTo(3);
        assertThat(NearestName.distance("kitten", "sitting", 9)).isEqualTo(3);
        assertThat(NearestName.distance("same", "same", 0)).isZero();
    }

    @Test
    void isSoonSureThatItIsTooFar() {
        assertThat(NearestName.distance("kitten", "sitting", 2)).isGreaterThan(2);
        assertThat(NearestName.distance("aaaaaaaa", "bbbbbbbb", 2)).isEqualTo(3);
        assertThat(NearestName.distance("a", "aaaa", 2)).isGreaterThan(2);
    }
}
