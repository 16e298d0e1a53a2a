package dev.tubepost.tls;

import dev.tubepost.internal.env.Log;
import dev.tubepost.internal.env.TlsMaterialException;
import dev.tubepost.security.KeySource;
import dev.tubepost.security.TlsOptions;
import dev.tubepost.security.TrustSource;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Our certificates and keys as they are now: files are looked at for each new connection, and read again when one has changed (N12). <em>Thread-safe.</em>
 *
 * <p>Files that cannot be used, such as a half-written one, leave the last good ones in force, and are warned of once (F101). Whatever follows from files
 * that changed holds for new connections only; and these resume no session of an older context, so that who is not trusted any more is found out.
 */
final class TlsMaterial {

    private final Log log;
    private final TlsOptions options;
    private final Set<Path> files;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable SSLContext context;
    private List<FileStamp> usedStamps = List.of();
    private List<FileStamp> warnedStamps = List.of();

    TlsMaterial(TlsOptions options) {
        this(options, Log.of("dev.tubepost.tls"));
    }

    TlsMaterial(TlsOptions options, Log log) {
        this.options = options;
        this.log = log;
        files = filesOf(options);
    }

    private static Set<Path> filesOf(TlsOptions options) {
        var files = new LinkedHashSet<Path>();
        if (options.trust() instanceof TrustSource.PemFile pem) {
            files.add(pem.file());
        } else if (options.trust() instanceof TrustSource.Store store) {
            files.add(store.file());
        }
        if (options.key() instanceof KeySource.PemFiles pem) {
            files.add(pem.certificateChain());
            files.add(pem.privateKey());
        } else if (options.key() instanceof KeySource.Store store) {
            files.add(store.file());
        }
        return files;
    }

    /**
     * The context for a new connection. It looks at files: never on an event loop.
     *
     * @throws TlsMaterialException if there are no good files, and never were
     */
    SSLContext current() throws TlsMaterialException {
        lock.lock();
        try {
            // Taken before the files are read: what is written meanwhile is a change for the next connection.
            var stamps = files.stream().map(FileStamp::of).toList();
            var known = context;
            if (known == null) {
                return use(load(), stamps);
            }
            return stamps.equals(usedStamps) ? known : reload(known, stamps);
        } finally {
            lock.unlock();
        }
    }

    private SSLContext reload(SSLContext known, List<FileStamp> stamps) {
        try {
            return use(load(), stamps);
        } catch (TlsMaterialException e) {
            if (!stamps.equals(warnedStamps)) {
                warnedStamps = stamps;
                log.warn(
                        "TLS files have changed and cannot be used; the ones from before stay in force: {}",
                        String.valueOf(e.getMessage()));
            }
            return known;
        }
    }

    private SSLContext use(SSLContext loaded, List<FileStamp> stamps) {
        context = loaded;
        usedStamps = stamps;
        return loaded;
    }

    private SSLContext load() throws TlsMaterialException {
        var given = options.sslContext();
        if (given != null) {
            return given;
        }
        var trust = new TrustManager[] {TrustLoader.load(options.trust())};
        var key = options.key();
        var keys = key == null ? new KeyManager[0] : new KeyManager[] {KeyLoader.load(key)};
        try {
            var made = SSLContext.getInstance("TLS");
            made.init(keys, trust, null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new TlsMaterialException("this JDK gives no TLS: " + e.getMessage(), e);
        }
    }
}
