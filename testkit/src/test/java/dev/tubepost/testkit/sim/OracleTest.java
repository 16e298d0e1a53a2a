package dev.tubepost.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.DeliveredBatch;
import dev.tubepost.DeliveryException;
import dev.tubepost.FailedMessage;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.TimeSpent;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.broker.VersionProfile;
import dev.tubepost.testkit.env.SimEnv;
import dev.tubepost.testkit.fault.Casualties;
import dev.tubepost.testkit.fault.Decisions;
import dev.tubepost.testkit.fault.Mischief;
import dev.tubepost.testkit.fault.Swarm;
import dev.tubepost.testkit.net.SimNetwork;
import dev.tubepost.testkit.net.Weather;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A check that cannot fail checks nothing: each kind of broken promise is shown to be found. */
final class OracleTest {

    private final SimEnv env = new SimEnv(1);
    private final Scenario scenario = acknowledged();
    private final UserCode userCode = new UserCode(env, new Decisions(0, Swarm.none(), null), new Casualties(), true);
    private final Book book = new Book(env, Duration.ofMinutes(2).toNanos(), userCode);
    private final ModelTopic topic = cluster().addTopic("topic", 2, 0);
    private final ModelPartition log = topic.partitions().get(0);

    private static Scenario acknowledged() {
        return scenario(each -> each.producer().acks() != 0 && !each.producer().idempotent());
    }

    private ModelCluster cluster() {
        var random = new SplittableRandom(1);
        var network = new SimNetwork(env.events(), Weather.random(random, 1_000));
        return new ModelCluster(
                env.events(), network, Mischief.none(env.events(), random), List.of(VersionProfile.KAFKA_4_4));
    }

    private void accepted(String value) {
        book.accepted(new Sent(value, 0, 0, 0, 0, null, false));
    }

    private void delivered(int messages) {
        book.onDelivered(new DeliveredBatch("topic", 0, 0, messages, 100, 1, Duration.ZERO));
    }

    private void failed(String value, boolean maybeWritten) {
        var details = new DeliveryException.Details(
                "topic", 0, null, 1, Duration.ZERO, TimeSpent.NONE, 0, "NONE", maybeWritten, false);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        book.onFailure(new FailedMessage("topic", 0, null, bytes, 0, new DeliveryException("failed", details, null)));
    }

    private List<String> judge() {
        return new Oracle(scenario, book, List.of(topic), value -> false).judge();
    }

    @Test
    void isContentWithWhatWasPromised() {
        accepted("c0-0");
        accepted("c0-1");
        accepted("c0-2");
        log.append("c0-0", 0);
        log.append("c0-0", 0); // a duplicate, as may be without idempotence
        log.append("c0-1", 0);
        delivered(2);
        failed("c0-2", false);
        assertThat(judge()).isEmpty();
    }

    @Test
    void findsALostMessage() {
        accepted("c0-0");
        delivered(1);
        assertThat(judge()).singleElement().asString().contains("was acknowledged, and is not in the log");
    }

    @Test
    void findsAMessageThatWasWrittenAndDenied() {
        accepted("c0-0");
        log.append("c0-0", 0);
        failed("c0-0", false);
        assertThat(judge()).singleElement().asString().contains("was reported as not written");
    }

    @Test
    void letsAMessageBeWrittenThatMaybeWas() {
        accepted("c0-0");
        log.append("c0-0", 0);
        failed("c0-0", true);
        assertThat(judge()).isEmpty();
    }

    @Test
    void findsADisorder() {
        accepted("c0-0");
        accepted("c0-1");
        log.append("c0-1", 0);
        log.append("c0-0", 0);
        delivered(2);
        assertThat(judge()).singleElement().asString().contains("appeared after number 1");
    }

    @Test
    void findsAMessageInAnotherPartition() {
        accepted("c0-0");
        topic.partitions().get(1).append("c0-0", 0);
        delivered(1);
        assertThat(judge()).anySatisfy(problem -> assertThat(problem).contains("in 0/1 there is c0-0"));
    }

    @Test
    void findsAFailureThatWasReportedTwice() {
        accepted("c0-0");
        failed("c0-0", false);
        failed("c0-0", false);
        assertThat(judge()).singleElement().asString().contains("heard it 2 times");
    }

    @Test
    void findsAMessageThatTheListenerDidNotHearOf() {
        accepted("c0-0");
        log.append("c0-0", 0);
        assertThat(judge()).singleElement().asString().contains("the listener heard of 0");
    }

    @Test
    void findsAMessageThatIsInTheLogTwiceDespiteIdempotence() {
        accepted("c0-0");
        log.append("c0-0", 0);
        log.append("c0-0", 0);
        delivered(1);
        assertThat(new Oracle(idempotent(), book, List.of(topic), value -> false).judge())
                .singleElement()
                .asString()
                .contains("is in the log twice");
    }

    @Test
    void findsAMessageThatWasWrittenToALifeOfTheTopicThatIsOver() {
        ModelTopic next = cluster().addTopic("topic", 2, 0);
        accepted("c0-0");
        log.append("c0-0", 0);
        delivered(1);
        assertThat(new Oracle(scenario, book, List.of(topic, next), value -> false).judge())
                .isEmpty();
        assertThat(new Oracle(scenario, book, List.of(next), value -> false).judge())
                .isNotEmpty();
    }

    @Test
    void findsAnOutcomeThatCameTooLate() {
        accepted("c0-0");
        env.runUntil(Duration.ofMinutes(3).toNanos());
        failed("c0-0", false);
        assertThat(judge()).singleElement().asString().contains("had its outcome after PT3M");
    }

    @Test
    void findsWhatWasHeldUpThoughNothingMayLinger() {
        assertThat(judgeInHurry(Duration.ofMillis(1_001)))
                .singleElement()
                .asString()
                .contains("was held up in calm: PT1.001S");
        assertThat(judgeInHurry(Duration.ofSeconds(1))).isEmpty();
    }

    /** What is said of a message that took so long, in calm. */
    private List<String> judgeInHurry(Duration took) {
        Scenario hurried = scenario(each -> each.hurry()
                && each.producer().acks() != 0
                && !each.producer().idempotent()
                && each.ending() == Scenario.Ending.WHEN_DONE);
        var all = new Book(env, Duration.ofMinutes(2).toNanos(), userCode);
        long accepted = hurried.calmNanos() + 1;
        var message = new Sent("c0-0", 0, 0, 0, accepted, null, true);
        message.futuresDone = 1;
        message.futureDoneNanos = accepted + took.toNanos();
        all.accepted(message);
        all.onDelivered(new DeliveredBatch("topic", 0, 0, 1, 100, 1, Duration.ZERO));
        ModelTopic fresh = cluster().addTopic("topic", 2, 0);
        fresh.partitions().get(0).append("c0-0", 0);
        return new Oracle(hurried, all, List.of(fresh), value -> false).judge();
    }

    @Test
    void findsBuffersBeyondTheirBound() {
        book.watchMemory(() -> 1_001, 1_000);
        accepted("c0-0");
        log.append("c0-0", 0);
        delivered(1);
        assertThat(judge()).singleElement().asString().contains("1001 bytes of buffers are in use");
    }

    @Test
    void findsAMessageThatFailedBeforeItsLastRetry() {
        accepted("c0-0");
        rejected("c0-0", scenarioWithRetries().producer().retries());
        assertThat(new Oracle(scenarioWithRetries(), book, List.of(topic), value -> false).judge())
                .singleElement()
                .asString()
                .contains("failed before its last retry");
    }

    @Test
    void letsAMessageFailAfterItsLastRetry() {
        accepted("c0-0");
        rejected("c0-0", scenarioWithRetries().producer().retries() + 1);
        assertThat(new Oracle(scenarioWithRetries(), book, List.of(topic), value -> false).judge())
                .isEmpty();
    }

    private void rejected(String value, int attempts) {
        var details = new DeliveryException.Details(
                "topic", 0, null, attempts, Duration.ZERO, TimeSpent.NONE, 7, "REQUEST_TIMED_OUT", true, true);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        var failure = new MessageRejectedException("refused", details, null);
        book.onFailure(new FailedMessage("topic", 0, null, bytes, 0, failure));
    }

    private static Scenario scenarioWithRetries() {
        return scenario(each -> each.producer().retries() > 0 && each.producer().retries() < 10);
    }

    private static Scenario idempotent() {
        return scenario(each -> each.producer().idempotent());
    }

    private static Scenario scenario(Predicate<Scenario> wanted) {
        return new SplittableRandom(1)
                .longs()
                .mapToObj(seed -> Scenario.random(new SplittableRandom(seed)))
                .filter(wanted)
                .findFirst()
                .orElseThrow();
    }
}
