package dev.tubepost.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.ManualWorld;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a user is told who has not added the library that a mechanism needs. */
final class MissingLibraryTest {

    @Test
    void scramNamesTheArtifactToAdd() throws Exception {
        var message = failure(Case.SCRAM);
        assertThat(message).contains("SCRAM-SHA-512 needs a library").contains("add com.ongres.scram:scram-client");
    }

    @Test
    void aSignedAssertionNamesTheArtifactToAdd() throws Exception {
        assertThat(failure(Case.SIGNED))
                .contains("a signed assertion needs")
                .contains("add com.nimbusds:nimbus-jose-jwt");
    }

    @Test
    void aTokenInAFileNeedsNoLibrary() throws Exception {
        assertThat(failure(Case.FILE)).isEqualTo("none");
    }

    private static String failure(Case which) throws Exception {
        Class<?> inside = new BareLoader().loadClass(Inside.class.getName());
        try {
            return (String) inside.getMethod("failure", String.class).invoke(null, which.name());
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    enum Case {
        SCRAM,
        SIGNED,
        FILE
    }

    /** Runs in a world without the libraries. */
    public static final class Inside {

        private Inside() {}

        public static String failure(String which) throws Exception {
            var world = new ManualWorld();
            return switch (which) {
                case "SCRAM" -> {
                    var talk = new Talk(
                            world,
                            Authenticators.of(
                                    dev.tubepost.security.SaslOptions.scramSha512(
                                            "a", dev.tubepost.security.Secret.of("b")),
                                    world));
                    String nonce = talk.nonce();
                    yield lasting(talk.fail("r=" + nonce + "x,s=AAAA,i=4096"));
                }
                case "SIGNED" -> lasting(signed());
                default -> {
                    java.nio.file.Path file = java.nio.file.Files.createTempFile("token", null);
                    java.nio.file.Files.writeString(file, "a.b.c");
                    var talk = new Talk(
                            world, Authenticators.of(dev.tubepost.security.SaslOptions.oauthBearer(file), world));
                    yield talk.text("").contains("a.b.c") ? "none" : "lost";
                }
            };
        }

        private static dev.tubepost.internal.net.AuthenticationException signed() {
            var signed = new dev.tubepost.security.OAuthAssertion.Signed(
                    java.nio.file.Path.of("key"),
                    null,
                    "RS256",
                    null,
                    "i",
                    "s",
                    "a",
                    java.time.Duration.ofMinutes(5),
                    java.time.Duration.ZERO,
                    true,
                    java.util.Map.of());
            var options = dev.tubepost.security.OAuthOptions.builder(
                            java.net.URI.create("https://idp.example/token"),
                            new dev.tubepost.security.OAuthGrant.JwtBearer(signed))
                    .build();
            var world = new ManualWorld();
            return new Talk(world, Authenticators.of(dev.tubepost.security.SaslOptions.oauthBearer(options), world))
                    .fail("");
        }

        private static String lasting(dev.tubepost.internal.net.AuthenticationException failure) {
            return (failure.isPassing() ? "passing: " : "") + failure.getMessage();
        }
    }

    /** Loads this library afresh, into a world without the optional ones. */
    private static final class BareLoader extends ClassLoader {

        BareLoader() {
            super(BareLoader.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.ongres.") || name.startsWith("com.nimbusds.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.tubepost.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
