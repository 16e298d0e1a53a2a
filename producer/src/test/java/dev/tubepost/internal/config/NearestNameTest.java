package dev.tubepost.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {

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
        assertThat(NearestName.to(misspelt, ParsedConfig.knownNames())).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"password", "group.id", "x", "auto.offset.reset"})
    void findsNothingForWhatResemblesNothing(String name) {
        assertThat(NearestName.to(name, ParsedConfig.knownNames())).isNull();
    }

    @Test
    void countsCharactersToInsertRemoveOrReplace() {
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("same", "same")).isZero();
    }
}
