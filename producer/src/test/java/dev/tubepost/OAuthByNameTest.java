package dev.tubepost;

import static dev.tubepost.ByName.OAUTH;
import static dev.tubepost.ByName.RETRIEVERS;
import static dev.tubepost.ByName.oauth;
import static dev.tubepost.ByName.parsed;
import static dev.tubepost.ByName.problems;
import static dev.tubepost.ByName.sasl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.security.OAuthAssertion;
import dev.tubepost.security.OAuthGrant;
import dev.tubepost.security.OAuthOptions;
import dev.tubepost.security.SaslOptions;
import dev.tubepost.security.Secret;
import dev.tubepost.security.TokenSource;
import dev.tubepost.security.TrustSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OAUTHBEARER by kafka-clients' names. */
final class OAuthByNameTest {

    @Test
    void aTokenComesForAClientsSecret() {
        OAuthOptions oauth = oauth(Map.of(
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret",
                "sasl.oauthbearer.scope", "kafka",
                "sasl.oauthbearer.header.urlencode", "true",
                "sasl.login.connect.timeout.ms", "2000",
                "sasl.login.read.timeout.ms", "7000",
                "sasl.login.callback.handler.class", RETRIEVERS + "OAuthBearerLoginCallbackHandler",
                "sasl.oauthbearer.expected.audience", "any"));

        assertThat(oauth.tokenEndpoint()).hasToString("https://login.example.com/token");
        assertThat(oauth.grant()).isEqualTo(new OAuthGrant.ClientSecret("id", Secret.of("secret")));
        assertThat(oauth.scope()).isEqualTo("kafka");
        assertThat(oauth.encodesHeader()).isTrue();
        assertThat(oauth.timeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(oauth.tls()).isNull();
    }

    @Test
    void theLoginModuleHasWhatTheOptionsDoNotSay() {
        String jaas = OAUTH + " required clientId=\"theirs\" clientSecret=\"secret\" scope=\"s\""
                + " extension_logicalCluster=\"lkc-1\" extension_identityPoolId=\"pool\""
                + " ssl.truststore.location=\"/ca.pem\";";

        OAuthOptions oauth =
                oauth(Map.of("sasl.jaas.config", jaas, "sasl.oauthbearer.client.credentials.client.id", "ours"));

        assertThat(oauth.grant()).isEqualTo(new OAuthGrant.ClientSecret("ours", Secret.of("secret")));
        assertThat(oauth.scope()).isEqualTo("s");
        assertThat(oauth.extensions())
                .containsExactlyInAnyOrderEntriesOf(Map.of("logicalCluster", "lkc-1", "identityPoolId", "pool"));
        assertThat(Objects.requireNonNull(oauth.tls()).trust()).isEqualTo(TrustSource.pem(Path.of("/ca.pem")));
    }

    @Test
    void anAssertionIsSignedAsKafkaClientsDoesIt() {
        Map<String, Object> given = new HashMap<>(Map.of(
                "sasl.oauthbearer.assertion.private.key.file", "/key.pem",
                "sasl.oauthbearer.assertion.private.key.passphrase", "pass",
                "sasl.oauthbearer.assertion.claim.iss", "issuer",
                "sasl.oauthbearer.assertion.claim.sub", "subject",
                "sasl.oauthbearer.assertion.claim.aud", "audience"));
        var assertion = new OAuthAssertion.Signed(
                Path.of("/key.pem"),
                Secret.of("pass"),
                "RS256",
                null,
                "issuer",
                "subject",
                "audience",
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                false,
                Map.of(),
                null);

        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.ClientAssertion("subject", assertion));
        given.put("sasl.oauthbearer.jwt.retriever.class", RETRIEVERS + "JwtBearerJwtRetriever");
        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.JwtBearer(assertion));
        given.put("sasl.oauthbearer.assertion.algorithm", "es256");
        given.put("sasl.oauthbearer.assertion.claim.exp.seconds", "60");
        given.put("sasl.oauthbearer.assertion.claim.nbf.seconds", "0");
        given.put("sasl.oauthbearer.assertion.claim.jti.include", "true");
        given.put("oauthKeyId", "kid");
        assertThat(((OAuthGrant.JwtBearer) oauth(given).grant()).assertion())
                .isEqualTo(new OAuthAssertion.Signed(
                        Path.of("/key.pem"),
                        Secret.of("pass"),
                        "ES256",
                        "kid",
                        "issuer",
                        "subject",
                        "audience",
                        Duration.ofMinutes(1),
                        Duration.ZERO,
                        true,
                        Map.of(),
                        null));
    }

    @Test
    void whatATemplateHasNeedNotBeGiven() {
        Map<String, Object> given = new HashMap<>(Map.of(
                "sasl.oauthbearer.assertion.private.key.file", "/key.pem",
                "sasl.oauthbearer.assertion.template.file", "/template.json",
                "oauthGrant", "jwtBearer"));

        var assertion =
                (OAuthAssertion.Signed) ((OAuthGrant.JwtBearer) oauth(given).grant()).assertion();
        assertThat(assertion.template()).isEqualTo(Path.of("/template.json"));
        assertThat(assertion.issuer()).isNull();
    }

    @Test
    void oneAssertionGoesByEachGrantThatOursNames() {
        Map<String, Object> given = new HashMap<>(Map.of(
                "sasl.oauthbearer.assertion.file", "/jwt",
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret"));
        var file = new OAuthAssertion.File(Path.of("/jwt"));

        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.ClientAssertion("id", file));
        given.put("oauthGrant", "jwtBearer");
        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.JwtBearer(file));
        given.put("oauthGrant", "clientSecret");
        assertThat(oauth(given).grant()).isEqualTo(new OAuthGrant.ClientSecret("id", Secret.of("secret")));
    }

    @Test
    void anAssertionFromAFileNeedsNoClientsIdAsForKafkaClients() {
        assertThat(oauth(Map.of("sasl.oauthbearer.assertion.file", "/jwt")).grant())
                .isEqualTo(new OAuthGrant.ClientAssertion(null, new OAuthAssertion.File(Path.of("/jwt"))));
    }

    @Test
    void forTheTokenEndpointNoSecretIsAskedForInTheEnvironment() {
        Map<String, Object> given = new HashMap<>(parsed("security.protocol=SASL_SSL;sasl.mechanism=OAUTHBEARER"
                + ";sasl.oauthbearer.token.endpoint.url=https://login.example.com/token"
                + ";sasl.oauthbearer.assertion.file=/jwt"));
        given.put("sasl.jaas.config", OAUTH + " required ssl.keystore.location=\"/canary\";");

        assertThat(problems(given))
                .containsExactly(
                        "sasl.jaas.config: ssl.keystore.password: is not given, and ssl.keystore.location needs it");
    }

    @Test
    void aNameThatIsNotKnownIsNotRepeatedIfItMayBePartOfASecret() {
        Map<String, Object> given = new HashMap<>(parsed("security.protocol=SASL_SSL;sasl.mechanism=OAUTHBEARER"
                + ";sasl.oauthbearer.token.endpoint.url=https://login.example.com/token"));
        given.put(
                "sasl.jaas.config",
                OAUTH + " required clientId=\"id\" clientSecret=\"x\" ssl.canary=\"\" ssl.trustore.location=\"/\";");

        assertThat(problems(given))
                .contains(
                        "sasl.jaas.config: an option that is not repeated here: there is no such option",
                        "sasl.jaas.config: an option that is not repeated here: there is no such option;"
                                + " did you mean ssl.truststore.location?")
                .noneMatch(problem -> problem.contains("canary"));
    }

    @Test
    void aTokenFileIsAnAddressOfAFile() {
        String jaas = OAUTH + " required extension_x=\"y\";";

        assertThat(sasl(Map.of(
                        "sasl.mechanism", "OAUTHBEARER",
                        "sasl.jaas.config", jaas,
                        "sasl.oauthbearer.token.endpoint.url", "file:///run/token")))
                .isEqualTo(new SaslOptions.OAuthBearer(new TokenSource.File(Path.of("/run/token"), Map.of("x", "y"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sasl.scope=x                                           | sasl.scope: there is no such option",
                "sasl.oauthbearer.token.endpoint.url=                   | saslOauthbearerTokenEndpointUrl: is not given, and OAUTHBEARER needs it; or give a TokenProvider",
                "sasl.oauthbearer.token.endpoint.url=https://u:canary@x | sasl.oauthbearer.token.endpoint.url: must be an https address with a host, and without a user's name",
                "sasl.oauthbearer.token.endpoint.url=ht tp://u:canary@x | sasl.oauthbearer.token.endpoint.url: must be an address, as in",
                "sasl.oauthbearer.token.endpoint.url=http://x           | sasl.oauthbearer.token.endpoint.url = http://x: must be https; http is for this host only, and only with allowLoopbackHttp",
                "sasl.oauthbearer.token.endpoint.url=file:canary        | sasl.oauthbearer.token.endpoint.url: must be a whole path, as in file:///run/token",
                "sasl.oauthbearer.token.endpoint.url=file:///x;oauthGrant=jwtBearer | sasl.oauthbearer.token.endpoint.url: is a file with a token, of which nobody asks for a grant",
                "sasl.oauthbearer.jwt.retriever.class=a.B               | sasl.oauthbearer.jwt.retriever.class = a.B: must be DefaultJwtRetriever,",
                "sasl.oauthbearer.jwt.retriever.class=" + RETRIEVERS
                        + "FileJwtRetriever | sasl.oauthbearer.token.endpoint.url: must be a file",
                "sasl.oauthbearer.jwt.retriever.class=" + RETRIEVERS
                        + "ClientCredentialsJwtRetriever;oauthGrant=jwtBearer | oauthGrant = jwtBearer: contradicts sasl.oauthbearer.jwt.retriever.class",
                "sasl.oauthbearer.jwt.validator.class=a.B               | sasl.oauthbearer.jwt.validator.class = a.B: classes are never loaded by name",
                "sasl.login.callback.handler.class=" + RETRIEVERS
                        + "internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler | sasl.login.callback.handler.class = "
                        + RETRIEVERS,
                "sasl.login.read.timeout.ms=0                           | sasl.login.read.timeout.ms = 0: must be more than 0",
                "sasl.oauthbearer.header.urlencode=canary?              | sasl.oauthbearer.header.urlencode = canary?: must be true or false",
                "oauthGrant=password                                    | oauthGrant = password: must be clientSecret, clientAssertion or jwtBearer",
                "sasl.jaas.config=" + OAUTH
                        + " required unsecuredLoginStringClaim_sub='canary'! | sasl.jaas.config: tokens that nobody has signed are not made here",
                "sasl.jaas.config=" + OAUTH
                        + " required extension_auth='canary'! | sasl.jaas.config: an extension has a name of letters",
                "sasl.jaas.config=" + OAUTH
                        + " required ssl.truststore.location=x ssl.truststore.type='canary'! | sasl.jaas.config: ssl.truststore.type: must be JKS, PKCS12 or PEM",
                "sasl.oauthbearer.assertion.claim.exp.seconds=86401;sasl.oauthbearer.assertion.claim.iss=i;sasl.oauthbearer.assertion.claim.sub=i;sasl.oauthbearer.assertion.claim.aud=i;sasl.oauthbearer.assertion.private.key.file=/k | sasl.oauthbearer.assertion.claim.exp.seconds = 86401: must be 0 to 86400",
                "sasl.oauthbearer.assertion.claim.iss=i;sasl.oauthbearer.assertion.claim.sub=i;sasl.oauthbearer.assertion.claim.aud=i | saslOauthbearerAssertionPrivateKeyFile: is not given, and an assertion that is signed here needs it",
            })
    void saysWhatIsWrongAboutOAuth(String given, String problem) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "OAUTHBEARER",
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.com/token",
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret"));
        all.putAll(parsed(given));

        assertThat(problems(all)).singleElement().asString().startsWith(problem);
        if (!given.contains("canary?")) {
            assertThat(problems(all).get(0)).doesNotContain("canary");
        }
    }

    @Test
    void aTokenEndpointOnThisHostMayGoWithoutTlsIfOneSaysSo() {
        Map<String, Object> loopback = new HashMap<>(Map.of(
                "sasl.oauthbearer.token.endpoint.url", "http://127.0.0.1:80/token",
                "allowLoopbackHttp", "true",
                "sasl.oauthbearer.client.credentials.client.id", "id",
                "sasl.oauthbearer.client.credentials.client.secret", "secret"));

        assertThat(oauth(loopback).allowsLoopbackHttp()).isTrue();
    }
}
