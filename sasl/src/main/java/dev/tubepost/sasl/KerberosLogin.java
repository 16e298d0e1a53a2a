package dev.tubepost.sasl;

import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.GssapiOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.security.auth.Subject;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;

/**
 * Our ticket, for all of a cluster's connections. <em>Thread-safe; what changes is guarded by the lock</em>, under which the key distribution center is asked:
 * by one, for all.
 *
 * <p>It has no thread: each authentication looks whether the ticket is near its end, and logs in anew. The old login is logged out when the last conversation
 * that uses it is over.
 */
final class KerberosLogin {

    /** The only login module there is: none can be named by an option (CVE-2023-25194). */
    private static final String MODULE = "com.sun.security.auth.module.Krb5LoginModule";

    private static final long LEAST_LEFT_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final GssapiOptions.Login options;
    private final LongSupplier millis;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Held held; // guarded by the lock

    KerberosLogin(GssapiOptions.Login options, LongSupplier millis) {
        this.options = options;
        this.millis = millis;
    }

    /** Who we are, for one conversation. Asks the key distribution center if need be: on a thread that may block. */
    Lease lease() throws AuthenticationException {
        if (options instanceof GssapiOptions.Login.Given given) {
            return new Lease(subjectOf(given), null);
        }
        lock.lock();
        try {
            Held now = held;
            if (now == null || isNearItsEnd(now.context.getSubject())) {
                Held next = new Held(login());
                if (now != null) {
                    now.isReplaced = true;
                    logOutIfUnused(now);
                }
                now = next;
                held = next;
            }
            now.users++;
            return new Lease(now.context.getSubject(), now);
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("ConstantValue") // the user's code may give null all the same
    private static Subject subjectOf(GssapiOptions.Login.Given given) throws AuthenticationException {
        Subject subject;
        try {
            subject = given.subject().get();
        } catch (RuntimeException e) {
            throw AuthenticationException.passing(
                    "the supplier of the Subject threw " + e.getClass().getName(), e);
        }
        if (subject == null) {
            throw AuthenticationException.passing("the supplier of the Subject gave null", null);
        }
        return subject;
    }

    /** After 80 % of its life, or when a minute is left. */
    private boolean isNearItsEnd(Subject subject) {
        long now = millis.getAsLong();
        return subject.getPrivateCredentials(KerberosTicket.class).stream()
                .filter(ticket -> ticket.getServer().getName().startsWith("krbtgt/"))
                .noneMatch(ticket -> isGood(ticket, now));
    }

    private static boolean isGood(KerberosTicket ticket, long now) {
        Date end = ticket.getEndTime();
        Date start = ticket.getStartTime() == null ? ticket.getAuthTime() : ticket.getStartTime();
        if (end == null || ticket.isDestroyed()) {
            return false;
        }
        Instant until = end.toInstant();
        Duration life = start == null ? Duration.ZERO : Duration.between(start.toInstant(), until);
        long leftMillis = Duration.between(Instant.ofEpochMilli(now), until).toMillis();
        return leftMillis > Math.max(LEAST_LEFT_MILLIS, life.toMillis() / 5);
    }

    private LoginContext login() throws AuthenticationException {
        try {
            var context = new LoginContext("tubepost", new Subject(), null, new OnlyKerberos(settings()));
            context.login();
            return context;
        } catch (LoginException | SecurityException e) {
            throw KerberosFailure.of(e, who());
        }
    }

    private String who() {
        if (options instanceof GssapiOptions.Login.Keytab keytab) {
            return keytab.principal() + " of " + keytab.keytab();
        }
        return "ticket cache";
    }

    private Map<String, String> settings() {
        var settings = new HashMap<>(Map.of("doNotPrompt", "true", "refreshKrb5Config", "true"));
        if (options instanceof GssapiOptions.Login.Keytab keytab) {
            settings.put("useKeyTab", "true");
            settings.put("keyTab", keytab.keytab().toAbsolutePath().toString());
            settings.put("principal", keytab.principal());
            settings.put("storeKey", "true");
        } else if (options instanceof GssapiOptions.Login.TicketCache cache) {
            settings.put("useTicketCache", "true");
            if (cache.cache() != null) {
                settings.put("ticketCache", cache.cache().toAbsolutePath().toString());
            }
            if (cache.principal() != null) {
                settings.put("principal", cache.principal());
            }
        }
        return settings;
    }

    private void logOutIfUnused(Held login) {
        assert lock.isHeldByCurrentThread();
        if (login.isReplaced && login.users == 0) {
            try {
                login.context.logout();
            } catch (LoginException e) {
                // The ticket is not used any more, and runs out.
            }
        }
    }

    /** A login and who uses it. <em>Guarded by the lock.</em> */
    private static final class Held {
        final LoginContext context;
        int users;
        boolean isReplaced;

        Held(LoginContext context) {
            this.context = context;
        }
    }

    /** The right to act as we are, until it is given back. <em>Confined to the conversation's running step.</em> */
    final class Lease {
        private final Subject subject;
        private @Nullable Held from;

        private Lease(Subject subject, @Nullable Held from) {
            this.subject = subject;
            this.from = from;
        }

        <T> T as(Callable<T> work) throws Exception {
            return SubjectScope.call(subject, work);
        }

        void giveBack() {
            Held login = from;
            from = null;
            if (login != null) {
                lock.lock();
                try {
                    login.users--;
                    logOutIfUnused(login);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /** Kerberos, whatever name is asked for. <em>Immutable.</em> */
    private static final class OnlyKerberos extends Configuration {
        private final Map<String, String> settings;

        OnlyKerberos(Map<String, String> settings) {
            this.settings = Map.copyOf(settings);
        }

        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(MODULE, AppConfigurationEntry.LoginModuleControlFlag.REQUIRED, settings)
            };
        }
    }
}
