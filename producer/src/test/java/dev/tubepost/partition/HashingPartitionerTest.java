package dev.tubepost.partition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tubepost.Partition;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HashingPartitionerTest {

    private static final int[] COUNTS = {1, 3, 7, 16, 100};

    /** From the reference implementation. */
    @ParameterizedTest
    @CsvSource({
        "'',       0, 1, 3, 9, 5",
        "61,       0, 1, 4, 8, 52",
        "6b6579,   0, 1, 6, 14, 94",
        "666f6f,   0, 2, 0, 3, 55",
        "64756d6d79, 0, 2, 2, 11, 79",
        "00ff,     0, 2, 0, 6, 94",
        "c3a9,     0, 1, 6, 13, 5",
    })
    void choosesAsTheReferenceDoes(String key, int of1, int of3, int of7, int of16, int of100) {
        byte[] bytes = HexFormat.of().parseHex(key);
        Partitioner partitioner = new HashingPartitioner();
        List<Integer> chosen = new ArrayList<>();
        for (int count : COUNTS) {
            chosen.add(partitioner.partition(Partitions.of(count), bytes).id());
        }

        assertThat(chosen).containsExactly(of1, of3, of7, of16, of100);
    }

    @Test
    void placesWithoutBigNumbersWhereBigNumbersWould() throws NoSuchAlgorithmException {
        Random random = new Random(42);
        KeyHash sha1 = KeyHash.sha1();
        MessageDigest digest = MessageDigest.getInstance("SHA-1");
        KeyHash withBigNumbers = key -> new BigInteger(1, digest.digest(key));
        for (int i = 0; i < 10_000; i++) {
            byte[] key = new byte[random.nextInt(64)];
            random.nextBytes(key);
            int count = i % 10 == 0 ? Integer.MAX_VALUE - random.nextInt(100) : 1 + random.nextInt(5000);
            int offset = random.nextInt(count);
            assertThat(sha1.place(key, offset, count)).isEqualTo(withBigNumbers.place(key, offset, count));
        }
    }

    @Test
    void readsTheHashAsAnUnsignedBigEndianNumber() {
        assertThat(KeyHash.sha1().hash("abc".getBytes(UTF_8)))
                .isEqualTo(new BigInteger("a9993e364706816aba3e25717850c26c9cd0d89d", 16));
    }

    @ParameterizedTest
    @CsvSource({
        "-8, 7, 1",
        "8, 7, 1",
        "-7, 7, 0",
        "0, 7, 0",
        "-9223372036854775808, 7, 1",
        "-9223372036854775808, 16, 0",
        "9223372036854775807, 10, 7"
    })
    void dropsTheSignBeforeItDivides(long hash, int count, int place) {
        Partitioner asLong = new HashingPartitioner(KeyHash.ofLong(key -> hash));
        Partitioner asBigNumber = new HashingPartitioner(key -> BigInteger.valueOf(hash));

        assertThat(asLong.partition(Partitions.of(count), new byte[0]).id()).isEqualTo(place);
        assertThat(asBigNumber.partition(Partitions.of(count), new byte[0]).id())
                .isEqualTo(place);
    }

    @Test
    void placesLongsWhereBigNumbersWouldAlsoWhereTheyOverflow() {
        long[] hashes = {0, 1, -1, 5, -5, Long.MAX_VALUE, Long.MAX_VALUE - 3, Long.MIN_VALUE, Long.MIN_VALUE + 3};
        for (long hash : hashes) {
            KeyHash asLong = KeyHash.ofLong(key -> hash);
            KeyHash asBigNumber = key -> BigInteger.valueOf(hash);
            for (int count = 1; count < 40; count++) {
                for (int offset = 0; offset < count; offset++) {
                    assertThat(asLong.place(new byte[0], offset, count))
                            .isEqualTo(asBigNumber.place(new byte[0], offset, count));
                }
            }
        }
    }

    @Test
    void refusesAMessageWithoutAKeyAndSaysWhatToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HashingPartitioner().partition(Partitions.of(3), null))
                .withMessageStartingWith(
                        "HashingPartitioner chooses by the key, and this message has none: give it a key");
    }

    @Test
    void choosesTheSameFromManyThreadsAtOnce() throws InterruptedException {
        Partitioner partitioner = new HashingPartitioner();
        List<Partition> hundred = Partitions.of(100);
        ConcurrentLinkedQueue<Integer> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean first = t % 2 == 0;
            byte[] key = (first ? "key" : "foo").getBytes(UTF_8);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 20_000; i++) {
                    int chosen = partitioner.partition(hundred, key).id();
                    if (chosen != (first ? 94 : 55)) {
                        wrong.add(chosen);
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(wrong).isEmpty();
    }
}
