package dev.tubepost.testkit.sim;

import dev.tubepost.DeliveryException;
import dev.tubepost.DeliveryTimeoutException;
import dev.tubepost.MessageRejectedException;
import dev.tubepost.testkit.broker.Appended;
import dev.tubepost.testkit.broker.ErrorKinds;
import dev.tubepost.testkit.broker.ModelPartition;
import dev.tubepost.testkit.broker.ModelTopic;
import dev.tubepost.testkit.fault.Injury;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.protocol.Errors;

/** Compares what the producer said with what the models' logs hold. <em>Confined to the run's thread.</em> */
final class Oracle {

    /** How long a message may take in calm that does not linger: of some four hundred the longest took a fifth of it. */
    private static final long LONGEST_HASTE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Scenario scenario;
    private final Book book;
    private final List<ModelTopic> topics;
    private final Predicate<String> offsetUntold;
    private final Map<String, List<Appended>> atOffset = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * @param topics all that there were, those that are no more, too
     * @param offsetUntold whether a broker acknowledged the message and did not say where it is
     */
    Oracle(Scenario scenario, Book book, List<ModelTopic> topics, Predicate<String> offsetUntold) {
        this.offsetUntold = offsetUntold;
        this.scenario = scenario;
        this.book = book;
        this.topics = topics;
    }

    /** Everything that is not as promised. */
    List<String> judge() {
        problems.addAll(book.problems());
        book.all().forEach(this::checkReports);
        checkCount();
        Map<String, Sent> byValue = new HashMap<>();
        book.all().forEach(message -> byValue.put(message.value, message));
        Set<String> found = new HashSet<>();
        Set<Integer> former = new HashSet<>();
        for (ModelTopic topic : topics) {
            int number = number(topic);
            boolean mayMeetThePast = !former.add(number) && !scenario.knowsTopicIds();
            for (ModelPartition partition : topic.partitions()) {
                checkPartition(number, partition, byValue, found, mayMeetThePast);
            }
        }
        book.all().forEach(this::checkOffset);
        book.all().forEach(message -> checkPresence(message, found.contains(message.value)));
        return problems;
    }

    /** One report each, on each of the ways. */
    private void checkReports(Sent message) {
        if (message.handle != null) {
            expect(message.handle.isDone(), () -> message + " has no outcome");
            expect(message.reports == 1, () -> message + " was reported " + message.reports + " times");
            int futures = message.wantsFuture ? 1 : 0;
            expect(
                    message.futuresDone == futures,
                    () -> message + "'s future was completed " + message.futuresDone + " times");
        }
        int failures = message.isDelivered() ? 0 : 1;
        expect(
                message.failuresHeard == failures,
                () -> message + " failed: " + message.failure() + ", and the listener heard it " + message.failuresHeard
                        + " times");
    }

    private void checkCount() {
        long delivered = book.all().stream().filter(Sent::isDelivered).count();
        expect(
                book.deliveredByListener() == delivered,
                () -> "the listener heard of " + book.deliveredByListener() + " delivered messages, and there are "
                        + delivered);
    }

    /** Acknowledged: in the log. Failed and not written: not in the log. */
    private void checkPresence(Sent message, boolean isInLog) {
        DeliveryException failure = message.failure();
        if (failure != null) {
            String leak = WatchedLogs.leak("an exception", failure.toString());
            expect(leak == null, () -> String.valueOf(leak));
            expect(
                    failure.maybeWritten() || !isInLog,
                    () -> message + " is in the log, and was reported as not written: " + failure.getMessage());
            expect(
                    failure.maybeWritten() || !ErrorKinds.isOutOfSequence(failure.errorCode()),
                    () -> message + " failed for its sequence number, and is not written: " + failure.getMessage());
            expect(
                    !isForRetries(failure)
                            || failure.details().attempts()
                                    > scenario.producer().retries(),
                    () -> message + " failed before its last retry: " + failure.getMessage());
            expect(
                    !ErrorKinds.isTooLarge(failure.errorCode())
                            || failure.maybeWritten()
                            || !(failure instanceof MessageRejectedException)
                            || !String.valueOf(failure.getMessage()).contains("a batch of"),
                    () -> message + " failed for the size of its batch: " + failure.getMessage());
            expect(
                    failure.errorCode() != Errors.DUPLICATE_SEQUENCE_NUMBER.code(),
                    () -> message + " failed because it is written already: " + failure.getMessage());
            expect(!message.cancelled || !failure.maybeWritten(), () -> message + " was cancelled, and may be written");
        } else if (scenario.producer().acks() != 0) {
            expect(isInLog, () -> message + " was acknowledged, and is not in the log");
        }
        if (message.acceptedNanos > scenario.calmNanos()
                && scenario.ending() == Scenario.Ending.WHEN_DONE
                && !message.cancelled) {
            boolean mayFail = failure == null
                    || isForFormerTopic(message, failure)
                    || isForgotten(failure)
                    || (failure instanceof DeliveryTimeoutException && !scenario.isPatient());
            expect(mayFail, () -> message + " failed in calm: " + failure);
            checkHaste(message);
        }
    }

    /** Nothing lingers if one queued message is enough to be sent at once. */
    private void checkHaste(Sent message) {
        if (!scenario.hurry() || message.futuresDone == 0 || !message.isDelivered()) {
            return;
        }
        long took = message.futureDoneNanos - message.acceptedNanos;
        expect(took <= LONGEST_HASTE_NANOS, () -> message + " was held up in calm: " + Duration.ofNanos(took));
    }

    /** Whether it failed because a passing error was answered to the last attempt that it may have. */
    static boolean isForRetries(DeliveryException failure) {
        return failure instanceof MessageRejectedException && ErrorKinds.isPassing(failure.errorCode());
    }

    /**
     * A leader that has lost what it knew of a producer cannot say, in calm either, whether it has what its predecessor left unanswered (F53);
     * nor can one that knows the producer only by an epoch which another has taken.
     */
    private boolean isForgotten(DeliveryException failure) {
        return failure.maybeWritten()
                && ErrorKinds.isOutOfSequence(failure.errorCode())
                && (mayForget() || scenario.swarm().isOn(Injury.EPOCH_TAKEN));
    }

    /** Whether a leader can lose what it knows of producers: it then takes any first sequence number of any epoch (KAFKA-15591). */
    private boolean mayForget() {
        return scenario.swarm().isOn(Injury.RECORDS_DELETED) || scenario.swarm().isOn(Injury.STATE_FORGOTTEN);
    }

    /** Who is sent to by name can learn in calm only that the topic is another one since, and so whether an attempt was made in the old one. */
    private boolean isForFormerTopic(Sent message, DeliveryException failure) {
        return failure.maybeWritten()
                && failure instanceof MessageRejectedException
                && !scenario.knowsTopicIds()
                && topics.stream()
                                .filter(topic -> number(topic) == message.topic)
                                .count()
                        > 1;
    }

    /**
     * @param mayMeetThePast whether the topic has had another life, and is sent to by name: then what was meant for that one can land here, and the
     *     second of two requests can be the first that it takes (KAFKA-15591)
     */
    private void checkPartition(
            int topic, ModelPartition partition, Map<String, Sent> byValue, Set<String> found, boolean mayMeetThePast) {
        Map<Integer, Integer> newest = new HashMap<>();
        Set<String> here = new HashSet<>();
        Set<String> erased = new HashSet<>();
        ArrayDeque<Long> deletions = new ArrayDeque<>(partition.deletions());
        for (Appended record : partition.log()) {
            if (isIdempotent() && !deletions.isEmpty() && record.offset() >= deletions.getFirst()) {
                deletions.removeFirst(); // nobody can read what stood before, and the leader did not know it any more
                erased.addAll(here);
                here.clear();
                newest.clear();
            }
            atOffset.computeIfAbsent(place(topic, partition.index(), record.offset()), any -> new ArrayList<>())
                    .add(record);
            Sent message = byValue.get(record.value());
            if (message == null || message.topic != topic || message.partition != partition.index()) {
                problems.add("in " + topic + "/" + partition.index() + " there is " + record.value() + ", accepted was "
                        + message);
                continue;
            }
            expect(
                    record.content() == 0 || record.content() == message.content(),
                    () -> message + " is in the log with other bytes than were accepted");
            boolean before = !found.add(record.value());
            if (!here.add(record.value()) || (before && !mayMeetThePast && !erased.contains(record.value()))) {
                expect(!isIdempotent(), () -> message + " is in the log twice");
            } else if (!mayMeetThePast && (message.isDelivered() || (isIdempotent() && !mayForget()))) {
                checkOrder(message, newest);
            }
        }
    }

    /** A topic that was deleted and made again has several records at an offset, one in each of its lives. */
    private static String place(int topic, int partition, long offset) {
        return topic + "/" + partition + "@" + offset;
    }

    /** The topics are called by their numbers. */
    private static int number(ModelTopic topic) {
        return Integer.parseInt(topic.name().replaceAll("\\D", "0"));
    }

    private boolean isIdempotent() {
        return scenario.producer().idempotent();
    }

    /**
     * First appearances are in the order of each caller's calls. What was not delivered is left out: an attempt without an answer may land late. With
     * idempotence it may not, unless the leader has forgotten the epoch that would refuse it. All of them may with acks 0, when a connection follows
     * another.
     */
    private void checkOrder(Sent message, Map<Integer, Integer> newest) {
        int number = Integer.parseInt(message.value.substring(message.value.indexOf('-') + 1));
        Integer before = newest.put(message.caller, number);
        expect(
                before == null || before < number || scenario.producer().acks() == 0,
                () -> message + " appeared after number " + before + " of the same caller");
    }

    private void checkOffset(Sent message) {
        if (message.handle == null
                || !message.isDelivered()
                || scenario.producer().acks() == 0) {
            return;
        }
        if (message.handle.offset() < 0 && (isIdempotent() || offsetUntold.test(message.value))) {
            return; // a later one was acknowledged in its stead, or the broker did not tell
        }
        String place = place(message.topic, message.partition, message.handle.offset());
        List<Appended> there = atOffset.getOrDefault(place, List.of());
        List<Appended> same = there.stream()
                .filter(record -> record.value().equals(message.value))
                .toList();
        expect(
                !same.isEmpty(),
                () -> message + " was acknowledged with offset " + message.handle.offset() + ", where the log has "
                        + there);
        long millis = message.handle.timestamp().toEpochMilli();
        expect(
                same.isEmpty() || same.stream().anyMatch(record -> record.timestamp() == millis),
                () -> message + " has the timestamp " + millis + ", and in the log " + same);
        expect(message.handle.partition() == message.partition, () -> message + " says " + message.handle.partition());
    }

    private void expect(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            problems.add(otherwise.get());
        }
    }
}
