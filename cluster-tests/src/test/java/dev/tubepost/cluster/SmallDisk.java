package dev.tubepost.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small disk in memory (tmpfs), which can be filled up. <em>Confined to one thread.</em> */
final class SmallDisk implements AutoCloseable {

    private static final long SECONDS = 20;

    private final Path mountPoint;
    private final Path ballast;

    private SmallDisk(Path mountPoint) {
        this.mountPoint = mountPoint;
        this.ballast = mountPoint.resolve("ballast");
    }

    static SmallDisk mount(Path mountPoint, int mebibytes) throws IOException {
        if (run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", mountPoint.toString()) != 0) {
            throw new IOException("could not mount a tmpfs at " + mountPoint + ": run this test as root");
        }
        return new SmallDisk(mountPoint);
    }

    /** Not a byte more fits on it. */
    void fill() throws IOException {
        byte[] block = new byte[4_096];
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            if (Files.getFileStore(mountPoint).getUsableSpace() >= block.length) {
                throw e;
            }
        }
    }

    void makeRoom() throws IOException {
        Files.delete(ballast);
    }

    @Override
    public void close() throws IOException {
        if (run("umount", "--lazy", mountPoint.toString()) != 0) {
            throw new IOException("could not unmount " + mountPoint);
        }
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " does not end");
    }
}
