package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tubepost.internal.config.ConfigKey;
import dev.tubepost.internal.config.SecurityTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

/** {@code docs/security-options.md} has all options of security, and no others. */
final class SecurityOptionsDocTest {

    private static final Pattern VARIABLE = Pattern.compile("TUBEPOST_\\w+");

    private static String doc() throws IOException {
        return Files.readString(Path.of("..", "docs", "security-options.md"));
    }

    @Test
    void hasEveryOptionOfOurs() throws IOException {
        String doc = doc();
        for (ConfigKey<?> key : SecurityTable.ALL) {
            assertThat(doc).contains(key.names().get(key.names().size() - 1));
        }
    }

    @Test
    void hasEveryOptionOfKafkaClients() throws IOException {
        List<Pattern> named = Pattern.compile("`([a-z.]+(\\*)?)`")
                .matcher(doc())
                .results()
                .map(found -> Pattern.compile(found.group(1).replace(".", "\\.").replace("*", ".*")))
                .filter(pattern -> !List.of("ssl\\..*", "sasl\\..*", "sasl\\.oauthbearer\\..*")
                        .contains(pattern.pattern()))
                .toList();

        assertThat(ProducerConfig.configDef().names().stream()
                        .filter(name ->
                                name.startsWith("ssl.") || name.startsWith("sasl.") || name.startsWith("security."))
                        .filter(name -> !name.equals("security.protocol")))
                .allSatisfy(name -> assertThat(named)
                        .anyMatch(pattern -> pattern.matcher(name).matches()));
    }

    @Test
    void hasTheVariablesThatExist() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(doc());
        while (matcher.find()) {
            named.add(matcher.group());
        }
        assertThat(named)
                .hasSize(9)
                .isSubsetOf(SecurityTable.ALL.stream()
                        .filter(ConfigKey::secret)
                        .map(ConfigKey::variable)
                        .toList());
    }
}
