package dev.tubepost.testkit.sim;

import dev.tubepost.Partition;
import dev.tubepost.Producer;
import dev.tubepost.testkit.env.SimEnv;
import dev.tubepost.testkit.fault.Casualties;
import dev.tubepost.testkit.fault.Decisions;
import dev.tubepost.testkit.fault.Injury;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The user's own code that the producer calls: serializer, partitioner, listener. It throws, blocks and calls back. <em>Used by whoever holds the
 * baton.</em>
 */
final class UserCode {

    private static final long LONGEST_BLOCK_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final SimEnv env;
    private final Decisions decisions;
    private final Casualties casualties;
    private final boolean oneSession;
    private final List<String> problems = new ArrayList<>();
    /** What was serialized, by the message's id, until its call has returned. */
    private final Map<String, byte[]> serialized = new HashMap<>();

    private @Nullable Caller caller;
    private boolean calling;
    /** How often the partitioner has failed, and no caller has heard of it. */
    private int misled;

    private long blockedNanos;

    /** @param oneSession whether all producers share their reports, so that a callback of one is a callback of all */
    UserCode(SimEnv env, Decisions decisions, Casualties casualties, boolean oneSession) {
        this.oneSession = oneSession;
        this.env = env;
        this.decisions = decisions;
        this.casualties = casualties;
    }

    /** Who produces when user code is called in the midst of something else. */
    void callsBackAs(Caller who) {
        caller = who;
    }

    // ---- in a call ----

    /** UTF-8, unless something goes wrong. */
    byte[] serialize(String text) {
        if (decisions.strikes(Injury.SERIALIZER_THROWS)) {
            throw new MishapException("a serializer");
        }
        if (decisions.strikes(Injury.SERIALIZER_PRODUCES)) {
            callBack(Injury.SERIALIZER_PRODUCES);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        serialized.put(Book.id(text), bytes);
        return bytes;
    }

    /** The call has returned: what was handed over is the user's again, who writes something else there (F79). */
    void reuse(String id) {
        byte[] bytes = serialized.remove(id);
        if (bytes != null && decisions.strikes(Injury.ARRAY_REUSED)) {
            Arrays.fill(bytes, (byte) 0xEE);
            casualties.mattered(Injury.ARRAY_REUSED);
        }
    }

    /** The partition that the key names, unless something goes wrong. */
    @SuppressWarnings("NullAway") // null is one of the mistakes
    Partition choose(List<Partition> partitions, byte @Nullable [] key) {
        Partition chosen = partitions.get(number(key) % partitions.size());
        if (!decisions.strikes(Injury.PARTITIONER_FAILS)) {
            return chosen;
        }
        casualties.mattered(Injury.PARTITIONER_FAILS);
        misled++;
        return switch (decisions.details().nextInt(3)) {
            case 0 -> throw new MishapException("a partitioner");
            case 1 -> null;
            default ->
                new Partition(chosen.topic(), partitions.size() + 7, chosen.leader(), chosen.replicas(), chosen.isr());
        };
    }

    /** A call was refused for what the partitioner did; whether it did anything. */
    boolean isToBlame() {
        return misled-- > 0;
    }

    /** The callers' keys name the partition. */
    private static int number(byte @Nullable [] key) {
        return key == null ? 0 : Integer.parseInt(new String(key, StandardCharsets.UTF_8));
    }

    // ---- when something is reported ----

    /** The listener was called. What it does and throws changes nothing for anybody. */
    void hear() {
        if (decisions.strikes(Injury.CALLBACK_PRODUCES)) {
            callBack(Injury.CALLBACK_PRODUCES);
        }
        if (decisions.strikes(Injury.CALLBACK_WAITS_FOR_ITSELF)) {
            callWhatWaits();
        }
        if (decisions.strikes(Injury.CALLBACK_BLOCKS)) {
            block();
        }
        if (decisions.strikes(Injury.LISTENER_THROWS)) {
            casualties.mattered(Injury.LISTENER_THROWS);
            if (decisions.details().nextInt(4) == 0) {
                throw new MishapError("a listener");
            }
            throw new MishapException("a listener");
        }
    }

    /** How long all callbacks together have blocked. */
    long blockedNanos() {
        return blockedNanos;
    }

    /** Only outside of any other turn, which could not go on: a callback has a thread of its own, and blocks nobody else. */
    private void block() {
        if (env.mayWait()) {
            long nanos = decisions.details().nextLong(LONGEST_BLOCK_NANOS);
            blockedNanos += nanos; // at once: who waits for it meanwhile is late, too
            casualties.mattered(Injury.CALLBACK_BLOCKS);
            env.sleep(nanos);
        }
    }

    /** Messages are taken from within user code as from anywhere (F81, F84). */
    private void callBack(Injury injury) {
        if (caller != null && !calling) {
            calling = true;
            try {
                casualties.mattered(injury);
                caller.produceWithoutWaiting();
            } finally {
                calling = false;
            }
        }
    }

    /** Calls that would wait for the callback itself say so at once (F84). */
    private void callWhatWaits() {
        if (caller == null || !oneSession) {
            return;
        }
        SplittableRandom details = decisions.details();
        Producer<String, String> producer = caller.anyProducer(details);
        String call = List.of("flush", "stop", "close").get(details.nextInt(3));
        try {
            switch (call) {
                case "flush" -> producer.flush(Duration.ofSeconds(1));
                case "stop" -> producer.stop(Duration.ofSeconds(1));
                default -> producer.close();
            }
            problems.add(call + " was let through in a callback");
        } catch (IllegalStateException e) {
            casualties.mattered(Injury.CALLBACK_WAITS_FOR_ITSELF);
        }
    }

    List<String> problems() {
        return problems;
    }
}
