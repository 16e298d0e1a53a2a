package dev.tubepost.cli;

import java.io.IOException;
import java.io.InputStream;

/** An input on a disk that does not work. */
final class BrokenInput extends InputStream {

    @Override
    public int read() throws IOException {
        throw new IOException("disk");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        throw new IOException("disk");
    }
}
