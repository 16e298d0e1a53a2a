package dev.tubepost.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TransferTest {

    private static final int MAX_MESSAGE_BYTES = 1_000;

    @TempDir
    private Path directory;

    private final Tally tally = new Tally();

    @Test
    void sendsEachLineAndCountsIt() {
        FakeProducer producer = run("k1=v1\nv2\n\nk3=\n");
        assertThat(producer.sent()).containsExactly("k1=v1", "null=v2", "null=", "k3=");
        assertThat(producer.wasFlushed()).isTrue();
        Receipt.Counts counts = tally.counts(true);
        assertThat(counts.read()).isEqualTo(new Count(4, 8));
        assertThat(counts.acknowledged()).isEqualTo(new Count(4, 8));
        assertThat(counts.withoutOutcome()).isZero();
        assertThat(tally.partitions()).containsExactly(new Tally.PartitionOffsets(0, 4, 0, 3));
        assertThat(tally.wireBytes()).isEqualTo(4 * 70);
        assertThat(tally.latency().p50Micros()).isBetween(2_950L, 3_050L);
    }

    @Test
    void oneBadMessageFailsAlone() {
        FakeProducer producer = run("a\nlarge\nfail\nmaybe\nb\n");
        assertThat(producer.sent()).containsExactly("null=a", "null=b");
        Receipt.Counts counts = tally.counts(true);
        assertThat(counts.read()).isEqualTo(new Count(5, 16));
        assertThat(counts.acknowledged()).isEqualTo(new Count(2, 2));
        assertThat(counts.failed()).isEqualTo(new Count(2, 9));
        assertThat(counts.maybeWritten()).isEqualTo(new Count(1, 5));
        assertThat(tally.failures())
                .extracting(Tally.Failure::error)
                .containsExactly("MessageTooLarge", "NOT_ENOUGH_REPLICAS", "Delivery");
    }

    @Test
    void rejectsTellTheLineOfWhatWasRefusedAndTheErrorOfWhatFailed() throws IOException {
        Path file = directory.resolve("rejects");
        try (Rejects rejects = Rejects.open(file)) {
            run("a\nk=large\nk=fail\n", rejects);
        }
        assertThat(file)
                .content()
                .matches(
                        "\\{\"error\":\"MessageTooLarge\",.*\"line\":2,\"bytes\":6,\"key\":\"k\",\"value\":\"large\"}\n"
                                + "\\{\"error\":\"NOT_ENOUGH_REPLICAS\",\"message\":\"it failed\",\"maybe_written\":false,"
                                + "\"partition\":0,\"key\":\"k\",\"value\":\"fail\"}\n");
    }

    @Test
    void aLineFarTooLongForMemoryFailsAloneAndIsCountedWhole() throws IOException {
        Path file = directory.resolve("rejects");
        long huge = 50_000_000;
        InputStream input = new SequenceInputStream(
                new SequenceInputStream(in("a\n"), new ByteArrayInputStream(new byte[(int) huge])), in("\nb\n"));
        try (Rejects rejects = Rejects.open(file)) {
            FakeProducer producer = run(input, rejects);
            assertThat(producer.sent()).containsExactly("null=a", "null=b");
        }
        assertThat(tally.counts(true).failed()).isEqualTo(new Count(1, huge));
        assertThat(file).content().contains("\"line\":2,\"bytes\":50000000,\"truncated\":true");
    }

    @Test
    void theLargestLimitIsNoMoreThanAnArrayHolds() {
        Outcomes outcomes = new Outcomes(tally, null);
        FakeProducer producer = new FakeProducer(outcomes);
        Pump.Plan plan = new Pump.Plan(new LineFormat(null, null), Integer.MAX_VALUE, 0);
        Outlet outlet = Outlet.to(producer, Outlet.Extras.NONE);
        StoppableInput input = new StoppableInput(in("a\n"));
        assertThat(new Transfer(input, producer, plan, outlet, outcomes).run(() -> {}))
                .isNull();
        assertThat(producer.sent()).containsExactly("null=a");
    }

    @Test
    void waitsAsLongAsThereIsNoRoom() {
        assertThat(run("a\nfull\nb\n").sent()).containsExactly("null=a", "null=full", "null=b");
        assertThat(tally.counts(true).failed()).isEqualTo(Count.NONE);
    }

    @Test
    void tellsThatTheInputCouldNotBeReadToItsEndAndWhatWasSentUntilThen() {
        InputStream broken = new SequenceInputStream(in("a\nb\n"), new BrokenInput());
        Outcomes outcomes = new Outcomes(tally, null);
        FakeProducer producer = new FakeProducer(outcomes);
        Transfer transfer = transfer(new StoppableInput(broken), producer, outcomes);
        assertThat(transfer.run(() -> {}))
                .contains("could not be read to its end")
                .contains("disk");
        assertThat(producer.sent()).containsExactly("null=a", "null=b");
    }

    @Test
    void anInterruptEndsItWhileTheInputIsSilent() throws Exception {
        PipedOutputStream pipe = new PipedOutputStream();
        StoppableInput input = new StoppableInput(new PipedInputStream(pipe));
        Outcomes outcomes = new Outcomes(tally, null);
        FakeProducer producer = new FakeProducer(outcomes);
        Transfer transfer = transfer(input, producer, outcomes);
        CompletableFuture<@Nullable String> run = CompletableFuture.supplyAsync(() -> transfer.run(() -> {
            if (tally.readMessages() == 2) {
                transfer.interrupt(ExitCode.TERMINATED);
            }
        }));
        pipe.write("a\nb\nhalf a li".getBytes(UTF_8));
        pipe.flush();
        assertThat(run.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(transfer.interruptedBy()).isEqualTo(ExitCode.TERMINATED);
        assertThat(producer.sent()).containsExactly("null=a", "null=b");
        assertThat(producer.wasFlushed()).isTrue();
    }

    @Test
    void anInterruptEndsItWhileThereIsNoRoom() throws Exception {
        Outcomes outcomes = new Outcomes(tally, null);
        FakeProducer producer = new FakeProducer(outcomes);
        Transfer transfer = transfer(new StoppableInput(in("a\nblock\nb\n")), producer, outcomes);
        CompletableFuture<@Nullable String> run = CompletableFuture.supplyAsync(() -> transfer.run(() -> {}));
        assertThat(producer.blocked.await(10, TimeUnit.SECONDS)).isTrue();
        transfer.interrupt(ExitCode.TERMINATED);
        assertThat(run.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(producer.sent()).containsExactly("null=a");
        assertThat(tally.counts(true).read().messages())
                .as("what was not taken is not counted")
                .isEqualTo(1);
    }

    private FakeProducer run(String text) {
        return run(text, null);
    }

    private FakeProducer run(String text, @Nullable Rejects rejects) {
        return run(in(text), rejects);
    }

    private FakeProducer run(InputStream in, @Nullable Rejects rejects) {
        Outcomes outcomes = new Outcomes(tally, rejects);
        FakeProducer producer = new FakeProducer(outcomes);
        assertThat(transfer(new StoppableInput(in), producer, outcomes).run(() -> {}))
                .isNull();
        return producer;
    }

    private static Transfer transfer(StoppableInput input, FakeProducer producer, Outcomes outcomes) {
        LineFormat format = new LineFormat("=".getBytes(UTF_8), null);
        Pump.Plan plan = new Pump.Plan(format, MAX_MESSAGE_BYTES, 0);
        return new Transfer(input, producer, plan, Outlet.to(producer, Outlet.Extras.NONE), outcomes);
    }

    private static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
