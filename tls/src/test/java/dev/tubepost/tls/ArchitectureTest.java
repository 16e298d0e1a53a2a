package dev.tubepost.tls;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What this module may use. */
final class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tubepost.tls");

    @Test
    void knowsOfTheProducerOnlyItsOptionsAndTheSeam() {
        classes()
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage("dev.tubepost.."))
                        .or(resideInAnyPackage(
                                "dev.tubepost.tls..",
                                "dev.tubepost",
                                "dev.tubepost.security..",
                                "dev.tubepost.internal.env..")))
                .check(CLASSES);
    }

    @Test
    void aStreamNamesNoThreadClockOrSocket() {
        noClasses()
                .that()
                .haveSimpleNameStartingWith("Tls")
                .or()
                .haveSimpleName("ChunkWriter")
                .or()
                .haveSimpleName("CipherChannel")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.lang\\.Thread|java\\.net\\..*Socket|java\\.nio\\.channels\\.SocketChannel")
                .check(CLASSES);
    }
}
