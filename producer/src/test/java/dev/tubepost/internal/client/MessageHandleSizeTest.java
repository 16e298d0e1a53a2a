package dev.tubepost.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.ThreadMXBean;
import dev.tubepost.internal.batch.BatchOutcome;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a handle costs each message: all that a caller allocates for one. */
final class MessageHandleSizeTest {

    private static final int HANDLES = 10_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final BatchOutcome nowhere = BatchOutcome.nowhere("topic");
    private final Object[] kept = new Object[HANDLES];

    /** Else everything is larger: with a heap of 32 GB and more, or another virtual machine. */
    @BeforeAll
    static void referencesTakeFourBytes() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        assumeTrue(options != null && is(options, "UseCompressedOops") && is(options, "UseCompressedClassPointers"));
    }

    private static boolean is(HotSpotDiagnosticMXBean options, String flag) {
        try {
            return Boolean.parseBoolean(options.getVMOption(flag).getValue());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void ofAValueAloneIs32Bytes() {
        assertThat(bytesOfEach(() -> new MessageHandle<>(nowhere, "value", 1))).isLessThanOrEqualTo(32);
    }

    @Test
    void withAKeyOrReportsIs40Bytes() {
        assertThat(bytesOfEach(() -> new FullMessageHandle<>(nowhere, "value", "key", 1, null)))
                .isLessThanOrEqualTo(40);
    }

    /** Of the cheapest of some rounds: in the others, classes may have been loaded. */
    private double bytesOfEach(Supplier<Object> handle) {
        return (double) LongStream.generate(() -> allocatedFor(handle))
                        .limit(5)
                        .min()
                        .orElseThrow()
                / HANDLES;
    }

    private long allocatedFor(Supplier<Object> handle) {
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < HANDLES; i++) {
            kept[i] = handle.get();
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }
}
