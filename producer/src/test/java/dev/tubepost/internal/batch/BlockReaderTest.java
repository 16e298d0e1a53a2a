package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BlockReaderTest {

    private static final int BLOCK_BYTES = 1024;

    private final BlockReader reader = new BlockReader(BLOCK_BYTES);

    @Test
    void aSegmentThatIsNearlyABlockIsOneWithoutBeingCopied() {
        ByteBuffer[] segments = {Samples.whole(new byte[1000])[0], Samples.whole(new byte[900])[0]};

        reader.start(segments, segments.length);
        ByteBuffer first = reader.nextBlock();

        segments[0].put(segments[0].limit() - 1, (byte) 7);
        assertThat(first.remaining()).isEqualTo(1000);
        assertThat(first.get(first.limit() - 1)).isEqualTo((byte) 7);
        assertThat(reader.nextBlock().remaining()).isEqualTo(900);
        assertThat(reader.nextBlock().hasRemaining()).isFalse();
    }

    @Test
    void smallSegmentsMakeFullBlocks() {
        byte[] bytes = Samples.noise(10_000, 1);
        assertThat(blocks(Samples.cut(bytes, BLOCK_BYTES / 2 - 1, new Random(1))))
                .extracting(block -> block.length)
                .startsWith(BLOCK_BYTES, BLOCK_BYTES, BLOCK_BYTES)
                .endsWith(bytes.length % BLOCK_BYTES);
    }

    @Test
    void allBytesComeInOrderAndOnlyTheLastBlockIsSmall() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] bytes = Samples.noise(random.nextInt(20_000), seed);

            List<byte[]> blocks = blocks(Samples.cut(bytes, 1 + random.nextInt(3 * BLOCK_BYTES), random));

            ByteBuffer all = ByteBuffer.allocate(bytes.length);
            blocks.forEach(all::put);
            assertThat(all.array()).as("seed %s", seed).isEqualTo(bytes);
            assertThat(blocks).hasSizeLessThanOrEqualTo(BlockReader.mostBlocks(bytes.length, BLOCK_BYTES));
            assertThat(blocks.stream().limit(Math.max(0, blocks.size() - 1)))
                    .as("seed %s", seed)
                    .allMatch(block -> block.length >= BLOCK_BYTES / 2 && block.length <= BLOCK_BYTES);
        }
    }

    private List<byte[]> blocks(ByteBuffer[] segments) {
        List<byte[]> blocks = new ArrayList<>();
        reader.start(segments, segments.length);
        for (ByteBuffer block = reader.nextBlock(); block.hasRemaining(); block = reader.nextBlock()) {
            blocks.add(Samples.bytes(block, block.position(), block.limit()));
        }
        reader.finish();
        return blocks;
    }
}
