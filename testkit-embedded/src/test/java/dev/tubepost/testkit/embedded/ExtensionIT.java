package dev.tubepost.testkit.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

final class ExtensionIT {
    /** What the fixtures were given. */
    private static final List<EmbeddedKafka> GIVEN = new CopyOnWriteArrayList<>();

    @Test
    void givesClassesThatShareAndTheirNestedClassesTheSameClusterAndClosesItAtTheEnd() {
        GIVEN.clear();

        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(OneFixture.class), selectClass(OtherFixture.class))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(3).failed(0));

        assertThat(GIVEN).hasSize(4).allMatch(kafka -> kafka == GIVEN.get(0));
        assertThat(GIVEN.get(0).directory()).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithASettingOfTheAnnotation() {
        var events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(MisconfiguredFixture.class))
                .execute();

        assertThat(events.containerEvents().failed().stream())
                .singleElement()
                .extracting(event -> String.valueOf(event.getPayload()))
                .asString()
                .contains("wants name=value, not \"num.partitions\"");
    }

    @EmbeddedKafkaTest(shared = true)
    static final class OneFixture {
        @BeforeAll
        static void take(EmbeddedKafka kafka) {
            GIVEN.add(kafka);
        }

        @Test
        void takes(EmbeddedKafka kafka) {
            GIVEN.add(kafka);
        }

        @Nested
        final class Inner {
            @Test
            void takes(EmbeddedKafka kafka) {
                GIVEN.add(kafka);
            }
        }
    }

    @EmbeddedKafkaTest(shared = true)
    static final class OtherFixture {
        @Test
        void takes(EmbeddedKafka kafka) {
            assertThat(kafka.isRunning(1)).isTrue();
            GIVEN.add(kafka);
        }
    }

    @EmbeddedKafkaTest(config = "num.partitions")
    static final class MisconfiguredFixture {
        @Test
        void neverRuns(EmbeddedKafka kafka) {
            GIVEN.add(kafka);
        }
    }
}
