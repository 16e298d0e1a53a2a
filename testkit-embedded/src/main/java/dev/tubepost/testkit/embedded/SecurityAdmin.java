package dev.tubepost.testkit.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ResourceNotFoundException;

/** Thread-safe. Changes users and certificates of a running cluster, and waits until what was asked for can be seen. */
final class SecurityAdmin {
    /** The least that Kafka accepts (RFC 7677); each change takes one more, by which it is known when it has arrived. */
    private static final AtomicInteger ITERATIONS = new AtomicInteger(4_096);

    private static final int NO_SUCH_USER = 0;

    private static final List<ScramMechanism> MECHANISMS =
            List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512);

    private final Admin admin;
    private final Deadline deadline;

    SecurityAdmin(Admin admin, Duration timeout) {
        this.admin = admin;
        this.deadline = Deadline.in(timeout);
    }

    void setScramPasswords(Map<String, String> passwords) {
        int iterations = ITERATIONS.incrementAndGet();
        for (var mechanism : MECHANISMS) { // a request may name a user once
            List<UserScramCredentialAlteration> changes = new ArrayList<>();
            passwords.forEach((user, password) -> changes.add(
                    new UserScramCredentialUpsertion(user, new ScramCredentialInfo(mechanism, iterations), password)));
            get(admin.alterUserScramCredentials(changes).all(), "set the passwords of " + passwords.keySet());
        }
        for (var user : passwords.keySet()) {
            deadline.await(
                    () -> iterations(user).equals(List.of(iterations, iterations)),
                    () -> "the password of " + user + " did not reach the brokers");
        }
    }

    void removeScramUser(String user) {
        for (var mechanism : MECHANISMS) {
            get(
                    admin.alterUserScramCredentials(List.of(new UserScramCredentialDeletion(user, mechanism)))
                            .all(),
                    "remove the user " + user);
        }
        deadline.await(
                () -> iterations(user).equals(List.of(NO_SUCH_USER)), () -> "the brokers still know the user " + user);
    }

    /** Those of the user's mechanisms; one {@link #NO_SUCH_USER} if there is none. */
    private List<Integer> iterations(String user) {
        try {
            return admin
                    .describeUserScramCredentials(List.of(user))
                    .description(user)
                    .get(deadline.left().toMillis(), TimeUnit.MILLISECONDS)
                    .credentialInfos()
                    .stream()
                    .map(ScramCredentialInfo::iterations)
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ResourceNotFoundException) {
                return List.of(NO_SUCH_USER);
            }
            throw new EmbeddedKafkaException("Could not describe the user " + user, e.getCause());
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException("Could not describe the user " + user, e);
        } catch (InterruptedException e) {
            throw Deadline.interrupted(e);
        }
    }

    /** Each broker reads the file before it answers, and refuses what it cannot use. */
    void exchangeKeyStore(Collection<Integer> brokers, String listener, StoreFile store) {
        var prefix = "listener.name." + listener.toLowerCase(Locale.ROOT) + ".ssl.keystore.";
        List<AlterConfigOp> changes = new ArrayList<>();
        changes.add(set(prefix + "location", store.file().toString()));
        changes.add(set(prefix + "type", store.type()));
        if (store.password() != null) {
            changes.add(set(prefix + "password", store.password()));
        }
        for (var broker : brokers) {
            var resource = new ConfigResource(ConfigResource.Type.BROKER, Integer.toString(broker));
            get(
                    admin.incrementalAlterConfigs(Map.of(resource, changes)).all(),
                    "exchange the certificate of listener " + listener + " of broker " + broker);
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private void get(KafkaFuture<Void> future, String what) {
        try {
            future.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new EmbeddedKafkaException("Could not " + what, e.getCause());
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException("Could not " + what + " within " + deadline.allowed(), e);
        } catch (InterruptedException e) {
            throw Deadline.interrupted(e);
        }
    }
}
