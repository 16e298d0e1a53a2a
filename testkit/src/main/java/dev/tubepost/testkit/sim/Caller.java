package dev.tubepost.testkit.sim;

import dev.tubepost.Message;
import dev.tubepost.MessageTooLargeException;
import dev.tubepost.PartitioningException;
import dev.tubepost.Producer;
import dev.tubepost.ProducerInterruptedException;
import dev.tubepost.ProducerQueueFullException;
import dev.tubepost.ProducerStoppedException;
import dev.tubepost.internal.env.Mailbox;
import dev.tubepost.testkit.broker.ModelCluster;
import dev.tubepost.testkit.broker.Transition;
import dev.tubepost.testkit.env.SimEnv;
import dev.tubepost.testkit.fault.Casualties;
import dev.tubepost.testkit.fault.Decisions;
import dev.tubepost.testkit.fault.Injury;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A thread of the user: produces in every way there is, now and then flushes or takes a message back. <em>Confined to its mailbox.</em> */
final class Caller {

    // ---- what a caller does, of a hundred times ----
    private static final int POSTS = 25;
    private static final int DRAFTS = 40;
    private static final int TRIES = 60;
    private static final int ALL = 100;

    /** What a call does not take by itself, with all that runs in between. */
    private static final long A_WAIT_NANOS = 1_000_000;

    /** How long a call waits before it is interrupted, at the most. */
    private static final long LONGEST_CALM_NANOS = 400_000_000;

    private static final int LARGER_THAN_A_REQUEST = 1_100_000;

    private final SimEnv env;
    private final Mailbox mailbox;
    private final SplittableRandom random;
    private final Scenario scenario;
    private final Book book;
    private final Decisions decisions;
    private final Casualties casualties;
    private final UserCode userCode;
    private final int number;
    private final List<Producer<String, String>> producers;
    private final List<Sent> recent = new ArrayList<>();
    private int produced;

    Caller(
            SimEnv env,
            SplittableRandom random,
            Scenario scenario,
            Book book,
            Decisions decisions,
            Casualties casualties,
            UserCode userCode,
            int number,
            List<Producer<String, String>> producers) {
        this.decisions = decisions;
        this.casualties = casualties;
        this.userCode = userCode;
        this.env = env;
        this.mailbox = scenario.threads() ? env.callerThread("caller" + number) : env.caller("caller" + number);
        this.random = random;
        this.scenario = scenario;
        this.book = book;
        this.number = number;
        this.producers = producers;
    }

    void start() {
        mailbox.post(this::watchReports);
        later();
    }

    /** The reports of what the current thread produces. */
    private void watchReports() {
        producers.forEach(producer -> book.watchReports(producer.deliveryReports()));
    }

    /** Whether it has no more to do. */
    boolean isDone() {
        return produced >= scenario.messages();
    }

    /** Most messages while things go wrong, the last ones in calm; in bursts. */
    private void later() {
        long now = env.events().now();
        long end = scenario.healNanos();
        long pause;
        if (produced >= scenario.messages() * 9 / 10) {
            pause = Math.max(0, scenario.calmNanos() - now) + random.nextLong(100_000_000);
        } else if (random.nextInt(8) != 0) {
            pause = random.nextLong(20_000);
        } else {
            pause = random.nextLong(Math.max(1, end / Math.max(1, scenario.messages() / 12)));
        }
        env.events().after(pause, () -> mailbox.post(this::act));
    }

    private void act() {
        if (decisions.strikes(Injury.INTERRUPTED)) {
            env.interruptAt(env.events().now() + decisions.details().nextLong(LONGEST_CALM_NANOS));
        }
        try {
            actOnce();
        } catch (MishapException e) {
            refusedFor(Injury.SERIALIZER_THROWS);
        } catch (MessageTooLargeException e) {
            refusedFor(Injury.TOO_LARGE);
        } catch (PartitioningException e) {
            blamePartitioner(e);
        } catch (ProducerInterruptedException e) {
            interrupted();
        } catch (ProducerStoppedException e) {
            env.trace().add("refused", number);
        } catch (ProducerQueueFullException e) {
            casualties.passed(Transition.NO_ROOM);
            // Nothing was queued: the next one may fare better.
            env.trace().add("refused", number);
        }
        env.interruptAt(Long.MAX_VALUE);
        book.fetchReports();
        if (!isDone()) {
            later();
        }
    }

    private void blamePartitioner(PartitioningException refusal) {
        book.expect(userCode.isToBlame(), "the partitioner did nothing wrong: " + refusal);
        env.trace().add("refused", number);
    }

    /** The call ended at once, nothing was queued, and whoever interrupted is not forgotten (F87). */
    private void interrupted() {
        book.expect(Thread.interrupted(), "the flag of an interrupted caller was not set again");
        refusedFor(Injury.INTERRUPTED);
    }

    /** Nothing was queued, which the oracle sees. */
    private void refusedFor(Injury injury) {
        casualties.mattered(injury);
        env.trace().add("refused", number);
    }

    private void actOnce() {
        int what = random.nextInt(ALL);
        if (what < 3 && !recent.isEmpty()) {
            cancel(recent.get(random.nextInt(recent.size())));
        } else if (what < 4 && env.mayWait()) {
            flush(producers.get(0), Duration.ofMillis(random.nextInt(3_000)));
        } else if (what < 5 && env.mayWait() && mayStop()) {
            stopAndStart(random.nextInt(producers.size()), Duration.ofMillis(random.nextInt(1_000)));
        } else {
            produce(what);
        }
    }

    /** Not in calm, where everything is to be delivered, and not what is closed: that cannot start again. */
    private boolean mayStop() {
        return !book.isClosing() && env.events().now() < scenario.healNanos();
    }

    private void flush(Producer<String, String> producer, Duration timeout) {
        List<Sent> before = book.unreported().stream()
                .filter(message -> scenario.sharedSession() || message.topic == 0)
                .toList();
        boolean waits = before.stream().anyMatch(message -> !message.isDone());
        long begin = env.events().now();
        boolean done = producer.flush(timeout);
        book.ended("a flush", Duration.ofNanos(env.events().now() - begin).minus(timeout));
        book.fetchReports();
        if (done) {
            book.flushed(before);
        }
        if (waits) {
            casualties.passed(done ? Transition.FLUSH_WAITED : Transition.FLUSH_CUT_OFF);
        }
        if (!before.isEmpty()) {
            casualties.mattered(Injury.FLUSHED);
        }
    }

    /** Completed when there is room for more, as there must be soon when everything is done. */
    List<CompletableFuture<Void>> room() {
        return producers.stream().map(Producer::whenWritable).toList();
    }

    private void stopAndStart(int topic, Duration timeout) {
        Producer<String, String> producer = producers.get(topic);
        List<Sent> before = book.pending(topic);
        long begin = env.events().now();
        try {
            producer.stop(timeout);
            // A batch whose compression takes long has its outcome after it, and that may be after the stop.
            boolean isSlow = casualties.count(Injury.SLOW_COMPRESSOR) > 0;
            book.stopped(
                    isSlow ? List.of() : before,
                    Duration.ofNanos(env.events().now() - begin).minus(timeout));
        } finally {
            startAgain(producer);
        }
        if (!before.isEmpty()) {
            casualties.mattered(Injury.STOPPED);
        }
    }

    private void startAgain(Producer<String, String> producer) {
        try {
            producer.start();
        } catch (IllegalStateException e) {
            book.expect(book.isClosing(), "a producer that nobody has closed cannot be started: " + e);
        }
    }

    /** As user code does that is called in the midst of something else. What is refused is refused. */
    void produceWithoutWaiting() {
        watchReports();
        try {
            produce(DRAFTS + random.nextInt(ALL - DRAFTS));
        } catch (PartitioningException e) {
            blamePartitioner(e);
        } catch (MishapException | MessageTooLargeException | ProducerStoppedException e) {
            env.trace().add("refused", number);
        }
    }

    Producer<String, String> anyProducer(SplittableRandom chance) {
        return producers.get(chance.nextInt(producers.size()));
    }

    private void produce(int what) {
        int topic = random.nextInt(producers.size());
        int partition = random.nextInt(scenario.partitions());
        String id = "c" + number + "-" + produced++;
        int padding = decisions.strikes(Injury.TOO_LARGE) ? LARGER_THAN_A_REQUEST : random.nextInt(scenario.largest());
        String value = id + ModelCluster.PADDING + "x".repeat(padding);
        Producer<String, String> producer = producers.get(topic);
        String key = Integer.toString(partition);
        long begin = env.events().now();
        if (what < POSTS && env.mayWait()) {
            producer.post(value, key);
            accept(value, topic, partition, null);
            noticeWait(begin);
        } else if (what < DRAFTS && env.mayWait()) {
            accept(value, topic, partition, producer.produce(value, key));
            noticeWait(begin);
        } else if (what < TRIES) {
            Message<String, String> message = producer.draft(value)
                    .partition(partition)
                    .header("h", new byte[] {1})
                    .tryProduce();
            acceptUnlessFull(value, topic, partition, message);
        } else {
            acceptUnlessFull(value, topic, partition, producer.tryProduce(value, key));
        }
    }

    private void noticeWait(long beginNanos) {
        if (env.events().now() - beginNanos >= A_WAIT_NANOS) {
            casualties.passed(Transition.WOKEN_WITH_ROOM);
        }
    }

    private void acceptUnlessFull(String value, int topic, int partition, @Nullable Message<String, String> message) {
        if (message == null) {
            casualties.passed(Transition.NO_ROOM);
        } else {
            accept(value, topic, partition, message);
        }
    }

    private void accept(String value, int topic, int partition, @Nullable Message<String, String> handle) {
        userCode.reuse(Book.id(value));
        var message = new Sent(value, number, topic, partition, env.events().now(), handle, random.nextInt(3) == 0);
        book.accepted(message);
        if (handle != null) {
            recent.add(message);
            if (recent.size() > 20) {
                recent.remove(0);
            }
        }
    }

    private void cancel(Sent message) {
        if (message.handle != null && message.handle.cancel()) {
            message.cancelled = true;
            casualties.mattered(Injury.TAKEN_BACK);
        }
    }
}
