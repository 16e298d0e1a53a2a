package dev.tubepost.sasl;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.security.Secret;
import dev.tubepost.security.Token;
import dev.tubepost.security.TokenSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens from a file, which is read for each that is asked for. <em>Thread-safe.</em> Whatever is wrong with it may pass: somebody else writes it, perhaps
 * just now.
 */
final class TokenFile implements Tokens {

    private final Path file;
    private final Map<String, String> extensions;
    private final LongSupplier millis;

    TokenFile(TokenSource.File source, LongSupplier millis) {
        file = source.file();
        extensions = source.extensions();
        this.millis = millis;
    }

    @Override
    public void ask(Actor asker, BiConsumer<@Nullable Token, @Nullable Throwable> answer) {
        asker.remote(this::read, answer);
    }

    private Token read() throws AuthenticationException {
        String text;
        try {
            text = SmallFile.text(file);
        } catch (IOException e) {
            throw passing(SmallFile.reason(e));
        }
        String token = text.strip();
        if (token.isEmpty() || token.chars().anyMatch(Character::isISOControl)) {
            throw passing("must hold one token, without line breaks or other control characters");
        }
        Instant expiry = JoseToken.expiry(token);
        if (expiry != null && expiry.toEpochMilli() <= millis.getAsLong()) {
            throw AuthenticationException.lasting(
                    told("holds a token that expired at " + expiry + "; see who keeps the file up to date"), null);
        }
        return new Token(Secret.of(token), expiry, extensions);
    }

    private AuthenticationException passing(String why) {
        return AuthenticationException.passing(told(why), null);
    }

    private String told(String why) {
        return "token file " + file + ": " + why;
    }
}
