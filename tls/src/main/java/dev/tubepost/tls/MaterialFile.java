package dev.tubepost.tls;

import dev.tubepost.internal.env.TlsMaterialException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files that certificates and keys are in. <em>Immutable.</em> */
final class MaterialFile {

    /** More than all public certificate authorities need; a file that is larger was named by mistake. */
    static final int MAX_BYTES = 1024 * 1024;

    private MaterialFile() {}

    /**
     * The whole file; for keys, the caller wipes it.
     *
     * @param what as {@code the file FILE with the trusted certificates}
     */
    static byte[] read(Path file, String what) throws TlsMaterialException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new TlsMaterialException(
                        what + " has more than " + MAX_BYTES + " bytes: is it the right file?", null);
            }
            return bytes;
        } catch (TlsMaterialException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new TlsMaterialException(what + " does not exist", e);
        } catch (AccessDeniedException e) {
            throw new TlsMaterialException(what + " may not be read by this process: check its owner and mode", e);
        } catch (IOException e) {
            throw new TlsMaterialException(what + " cannot be read: " + e.getMessage(), e);
        }
    }
}
