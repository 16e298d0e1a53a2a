package dev.tubepost.cli;

import static dev.tubepost.cli.Receipts.CLEAN;
import static dev.tubepost.cli.Receipts.counts;
import static dev.tubepost.cli.Receipts.ending;
import static dev.tubepost.cli.Receipts.readBack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.cli.Receipt.ReadBack.Result;
import org.junit.jupiter.api.Test;

class ReceiptTest {

    @Test
    void exitIsZeroOnlyIfEveryMessageWasAcknowledged() {
        assertThat(exit(counts(true, 5, 0, 0), CLEAN)).isEqualTo(ExitCode.OK);
        assertThat(exit(counts(true, 5, 1, 0), CLEAN)).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(exit(counts(true, 5, 0, 1), CLEAN)).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(exit(counts(true, 0, 1, 0), CLEAN)).isEqualTo(ExitCode.NONE_ACKNOWLEDGED);
        assertThat(exit(counts(true, 0, 0, 1), CLEAN)).isEqualTo(ExitCode.NONE_ACKNOWLEDGED);
    }

    @Test
    void anEmptyInputIsASuccess() {
        assertThat(exit(counts(true, 0, 0, 0), CLEAN)).isEqualTo(ExitCode.OK);
        assertThat(exit(counts(false, 0, 0, 0), CLEAN)).isEqualTo(ExitCode.OK);
    }

    @Test
    void sentIsNotAcknowledgedUnlessTheUserSaysItIsEnough() {
        Receipt sent = Receipts.of(counts(false, 5, 0, 0), CLEAN);
        assertThat(sent.exitCode(false)).isEqualTo(ExitCode.NONE_ACKNOWLEDGED);
        assertThat(sent.exitCode(true)).isEqualTo(ExitCode.OK);
        Receipt someSent = Receipts.of(counts(false, 5, 1, 0), CLEAN);
        assertThat(someSent.exitCode(true)).isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void anInputThatCouldNotBeReadToItsEndIsNoSuccess() {
        assertThat(exit(counts(true, 5, 0, 0), ending(null, "disk"))).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(exit(counts(true, 0, 0, 0), ending(null, "disk"))).isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void interruptedIsItsOwnExitWhateverWasSent() {
        assertThat(exit(counts(true, 5, 0, 0), ending(ExitCode.INTERRUPTED, null)))
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(exit(counts(true, 0, 5, 0), ending(ExitCode.TERMINATED, null)))
                .isEqualTo(ExitCode.TERMINATED);
    }

    @Test
    void aDifferenceFoundWhenReadingBackIsNoSuccess() {
        assertThat(exit(counts(true, 5, 0, 0), readBack(Result.EQUAL))).isEqualTo(ExitCode.OK);
        assertThat(exit(counts(true, 5, 0, 0), readBack(Result.DIFFERENT))).isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void aMessageWithoutOutcomeIsNoSuccess() {
        Count five = new Count(5, 500);
        Receipt.Counts lost = new Receipt.Counts(true, five, new Count(4, 400), Count.NONE, Count.NONE, 1);
        assertThat(exit(lost, CLEAN)).isEqualTo(ExitCode.SOME_FAILED);
    }

    @Test
    void textTellsEverythingInColumns() {
        assertThat(ReceiptText.of(Receipts.full(true))).isEqualTo("""
                        topic events                  messages               bytes
                        read                           123,459          12,345,900
                        acknowledged                   123,456          12,345,600
                        failed                               2                 200
                        maybe written                        1                 100
                        partition                     messages             offsets
                        0                              123,000           7..123006
                        11                                 456             unknown
                        MESSAGE_TOO_LARGE                    3   too large: 5 "MB"
                        2.00 s, 61,728 messages/s, 6.2 MB/s
                        latency p50 1.5 ms, p99 42.0 ms (from the first message of each one's batch)""");
    }

    @Test
    void textNeverCallsSentMessagesAcknowledged() {
        assertThat(ReceiptText.of(Receipts.full(false)))
                .contains("sent, not acknowledged         123,456          12,345,600")
                .doesNotContain("\nacknowledged");
    }

    @Test
    void bytesAreToldInTheUnitThatFits() {
        assertThat(ReceiptText.bytes(999)).isEqualTo("999 B");
        assertThat(ReceiptText.bytes(1_500)).isEqualTo("1.5 kB");
        assertThat(ReceiptText.bytes(2_500_000)).isEqualTo("2.5 MB");
        assertThat(ReceiptText.bytes(3_250_000_000.0)).isEqualTo("3.25 GB");
    }

    @Test
    void jsonIsOneObjectOnOneLine() {
        assertThat(ReceiptJson.of(Receipts.full(true), ExitCode.SOME_FAILED))
                .isEqualTo("{\"topic\":\"events\","
                        + "\"read\":{\"messages\":123459,\"bytes\":12345900},"
                        + "\"acknowledged\":{\"messages\":123456,\"bytes\":12345600},"
                        + "\"sent_not_acknowledged\":{\"messages\":0,\"bytes\":0},"
                        + "\"failed\":{\"messages\":2,\"bytes\":200},"
                        + "\"maybe_written\":{\"messages\":1,\"bytes\":100},"
                        + "\"partitions\":[{\"partition\":0,\"messages\":123000,\"first_offset\":7,\"last_offset\":123006},"
                        + "{\"partition\":11,\"messages\":456}],"
                        + "\"elapsed_ms\":2000,\"messages_per_second\":61728,\"bytes_per_second\":6172800,"
                        + "\"wire_bytes\":54321,\"latency_ms\":{\"p50\":1.5,\"p99\":42.0,\"max\":43.0},"
                        + "\"errors\":[{\"error\":\"MESSAGE_TOO_LARGE\",\"messages\":3,"
                        + "\"first_message\":\"too large: 5 \\\"MB\\\"\"}],"
                        + "\"interrupted\":false,\"exit_code\":3}");
    }

    @Test
    void jsonTellsHowTheRunEnded() {
        Receipt.ReadBack readBack = new Receipt.ReadBack(5, Result.EQUAL, "text");
        Receipt receipt =
                Receipts.of(counts(false, 5, 0, 0), new Receipt.Ending(ExitCode.INTERRUPTED, "disk", readBack));
        assertThat(ReceiptJson.of(receipt, ExitCode.INTERRUPTED))
                .contains("\"acknowledged\":{\"messages\":0,\"bytes\":0},\"sent_not_acknowledged\":{\"messages\":5,")
                .endsWith("\"interrupted\":true,\"input_problem\":\"disk\","
                        + "\"read_back\":{\"messages\":5,\"result\":\"equal\"},\"exit_code\":130}");
    }

    private static ExitCode exit(Receipt.Counts counts, Receipt.Ending ending) {
        return Receipts.of(counts, ending).exitCode(false);
    }
}
