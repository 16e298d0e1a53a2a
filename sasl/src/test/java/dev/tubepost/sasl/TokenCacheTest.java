package dev.tubepost.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.env.Actor;
import dev.tubepost.internal.env.AuthenticationException;
import dev.tubepost.internal.env.ManualWorld;
import dev.tubepost.security.Secret;
import dev.tubepost.security.Token;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a token is fetched, and which one is offered: in virtual time. */
final class TokenCacheTest {

    private final AuthenticationException away = AuthenticationException.passing("away", null);

    private final ManualWorld world = new ManualWorld();
    private final List<BiConsumer<@Nullable Token, @Nullable Throwable>> fetches = new ArrayList<>();
    private final TokenCache cache = new TokenCache(
            world, (Actor actor, BiConsumer<@Nullable Token, @Nullable Throwable> done) -> fetches.add(done));

    @Test
    void asksOnceForAllThatWait() {
        List<String> told = ask(100);
        assertThat(fetches).hasSize(1);
        assertThat(told).isEmpty();
        arrive("one", 100);
        assertThat(told).hasSize(100).containsOnly("one");
    }

    @Test
    void offersTheSameTokenUntilFourFifthsOfItsLifeArePast() {
        ask(1);
        arrive("one", 100);
        world.pass(79);
        assertThat(ask(1)).containsExactly("one");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void fetchesTheNextOneByItselfAndOffersTheOldOneMeanwhile() {
        ask(1);
        arrive("one", 100);
        world.pass(81);
        assertThat(fetches).hasSize(2);
        List<String> told = ask(1);
        world.pass(1); // for a moment it may be that the next one comes
        assertThat(told).containsExactly("one");
        arrive("two", 100);
        assertThat(ask(1)).containsExactly("two");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void whoAsksWhileTheNextOneIsFetchedGetsThatOne() {
        ask(1);
        arrive("one", 100);
        world.pass(81);
        List<String> told = ask(2);
        assertThat(told).isEmpty();
        arrive("two", 100);
        assertThat(told).containsExactly("two", "two");
        world.pass(2);
        assertThat(told).hasSize(2);
    }

    @Test
    void whoWaitsForTheNextOneInVainGetsTheOldOne() {
        ask(1);
        arrive("one", 100);
        world.pass(81);
        List<String> told = ask(1);
        fail(away);
        assertThat(told).containsExactly("one");
    }

    @Test
    void asksNoMoreWhileNobodyUsesIt() {
        ask(1);
        arrive("one", 100);
        world.pass(81);
        arrive("two", 100);
        world.pass(81);
        assertThat(fetches).hasSize(2);
        List<String> told = ask(1);
        assertThat(fetches).hasSize(3); // this is why the next is fetched
        world.pass(1);
        assertThat(told).containsExactly("two");
    }

    @Test
    void keepsTheOldOneWhileARefreshFailsAndTriesAgainWithPauses() {
        ask(1);
        arrive("one", 1000);
        world.pass(801);
        fail(away);
        assertThat(ask(1)).containsExactly("one");
        assertThat(fetches).hasSize(2); // not at once
        world.pass(2);
        assertThat(fetches).hasSize(3);
        fail(away);
        world.pass(1);
        assertThat(fetches).hasSize(3);
        world.pass(2);
        assertThat(fetches).hasSize(4);
        arrive("two", 1000);
        assertThat(ask(1)).containsExactly("two");
    }

    @Test
    void neverOffersOneThatHasExpired() {
        ask(1);
        arrive("one", 100);
        world.pass(81);
        fail(away);
        world.pass(16);
        List<String> before = ask(1);
        world.pass(1);
        assertThat(before).containsExactly("one");
        world.pass(1); // a second before, for the token has its way to go
        List<String> told = ask(2);
        assertThat(told).isEmpty();
        fetches.get(fetches.size() - 1).accept(null, away);
        world.run();
        assertThat(told).containsExactly("away", "away");
    }

    @Test
    void tellsAllThatWaitWhyThereIsNoneAndDoesNotAskForEach() {
        List<String> told = ask(3);
        fail(away);
        assertThat(told).containsExactly("away", "away", "away");
        assertThat(ask(50)).hasSize(50).containsOnly("away");
        assertThat(fetches).hasSize(1);
        world.pass(2);
        ask(1);
        assertThat(fetches).hasSize(2);
    }

    @Test
    void aWallClockThatIsSetBackMakesNoTokenLiveLonger() {
        ask(1);
        arrive("one", 100);
        world.millis -= 1_000_000;
        world.pass(101);
        assertThat(ask(1)).isEmpty();
    }

    @Test
    void aWallClockThatIsSetAheadCostsOneFetchAndNoMore() {
        ask(1);
        arrive("one", 100);
        world.millis += 1_000_000; // or the machine has slept
        assertThat(ask(1)).isEmpty();
        arrive("two", 100);
        world.pass(50);
        assertThat(ask(1)).containsExactly("two");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void oneWithoutAnExpiryIsForThoseWhoWaitedOnly() {
        List<String> told = ask(2);
        fetches.get(0).accept(Token.of(Secret.of("one"), null), null);
        world.run();
        assertThat(told).containsExactly("one", "one");
        assertThat(ask(1)).isEmpty();
        assertThat(fetches).hasSize(2);
    }

    @Test
    void oneThatComesExpiredIsNotOffered() {
        List<String> told = ask(1);
        arrive("one", -1);
        assertThat(told).hasSize(1);
        assertThat(told.get(0)).contains("expired at").contains("clocks");
    }

    @Test
    void anEndlessLifeOverflowsNothing() {
        ask(1);
        fetches.get(0).accept(Token.of(Secret.of("one"), Instant.MAX), null);
        world.run();
        world.pass(86_400);
        assertThat(ask(1)).containsExactly("one");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void aRefusedTokenIsReplacedAtOnce() {
        ask(1);
        var token = Token.of(Secret.of("one"), Instant.ofEpochMilli(world.millis + 100_000));
        fetches.get(0).accept(token, null);
        world.run();
        cache.onRefused(token);
        cache.onRefused(token);
        world.run();
        assertThat(fetches).hasSize(2);
        arrive("two", 100);
        cache.onRefused(token); // by another broker, later
        world.run();
        assertThat(ask(1)).containsExactly("two");
        assertThat(fetches).hasSize(2);
    }

    @Test
    void aProviderThatNeverAnswersIsGivenUpAfterAMinute() {
        var asked = new ArrayList<CompletableFuture<Token>>();
        List<String> told = new ArrayList<>();
        var patient = new TokenCache(world, new ProvidedTokens(() -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
        }));
        patient.ask(world, (token, thrown) -> told.add(shown(token, thrown)));
        world.pass(59);
        assertThat(told).isEmpty();
        world.pass(2);
        assertThat(told).containsExactly("the TokenProvider has given no token in 60 s");
        asked.get(0).complete(Token.of(Secret.of("late"), null)); // told to nobody
        world.run();
        assertThat(told).hasSize(1);
    }

    @Test
    void aProviderMayThrowOrFailOrGiveNothing() {
        assertThat(provided(() -> {
                    throw new IllegalStateException("no");
                }))
                .contains("IllegalStateException");
        assertThat(provided(() -> CompletableFuture.failedFuture(new java.io.IOException("no"))))
                .contains("java.io.IOException");
        assertThat(provided(TokenCacheTest::nothing)).contains("gave null");
        assertThat(provided(TokenCacheTest::noToken)).contains("gave null");
        assertThat(world.threads).containsOnly("remote");
    }

    @SuppressWarnings("NullAway") // as a user may who does not look
    private static CompletionStage<Token> nothing() {
        return null;
    }

    @SuppressWarnings("NullAway")
    private static CompletionStage<Token> noToken() {
        return CompletableFuture.completedFuture(null);
    }

    private interface Asked {
        CompletionStage<Token> token() throws RuntimeException;
    }

    private String provided(Asked provider) {
        List<String> told = new ArrayList<>();
        new TokenCache(world, new ProvidedTokens(provider::token))
                .ask(world, (token, thrown) -> told.add(shown(token, thrown)));
        world.run();
        assertThat(told).hasSize(1);
        return told.get(0);
    }

    private List<String> ask(int times) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            cache.ask(world, (token, thrown) -> told.add(shown(token, thrown)));
        }
        world.run();
        return told;
    }

    private void arrive(String value, long seconds) {
        var token =
                Token.of(Secret.of(value), Instant.ofEpochMilli(world.millis).plusSeconds(seconds));
        fetches.get(fetches.size() - 1).accept(token, null);
        world.run();
    }

    private void fail(Throwable why) {
        fetches.get(fetches.size() - 1).accept(null, why);
        world.run();
    }

    private static String shown(@Nullable Token token, @Nullable Throwable thrown) {
        return token != null
                ? new String(token.value().chars())
                : String.valueOf(thrown == null ? null : thrown.getMessage());
    }
}
