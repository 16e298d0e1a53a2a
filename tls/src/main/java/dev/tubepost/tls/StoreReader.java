package dev.tubepost.tls;

import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.Secret;
import dev.tubepost.security.StoreType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Opens PKCS #12 and JKS files. <em>Immutable.</em> */
final class StoreReader {

    private StoreReader() {}

    /** @param what the file, for messages */
    static KeyStore open(Path file, StoreType type, @Nullable Secret password, String what)
            throws TlsMaterialException {
        byte[] bytes = MaterialFile.read(file, what);
        char[] characters = password == null ? null : password.chars();
        try {
            var store = KeyStore.getInstance(type.name());
            store.load(new ByteArrayInputStream(bytes), characters);
            return store;
        } catch (IOException e) {
            throw new TlsMaterialException(
                    isWrongPassword(e)
                            ? what + " does not open with the password that is given for it"
                            : what + " is damaged, or no " + type + " file: " + e.getMessage(),
                    e);
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException(what + " cannot be opened by this JDK: " + e.getMessage(), e);
        } finally {
            if (characters != null) {
                Arrays.fill(characters, '\0');
            }
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** {@link KeyStore#load} promises this cause. */
    private static boolean isWrongPassword(IOException e) {
        return e.getCause() instanceof UnrecoverableKeyException;
    }
}
