package dev.tubepost.sasl;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What this module may use. */
final class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tubepost.sasl");

    @Test
    void knowsOfTheProducerOnlyItsOptionsAndTheSeam() {
        classes()
                .should()
                .onlyDependOnClassesThat(not(resideInAnyPackage("dev.tubepost.."))
                        .or(resideInAnyPackage(
                                "dev.tubepost.sasl..",
                                "dev.tubepost.protocol..",
                                "dev.tubepost.security..",
                                "dev.tubepost.internal.env..")))
                .check(CLASSES);
    }

    @Test
    void makesNoThreadWait() {
        noClasses()
                .should()
                .callMethod(CompletableFuture.class, "get")
                .orShould()
                .callMethod(CompletableFuture.class, "join")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Object.class, "wait")
                .check(CLASSES);
    }

    @Test
    void nothingIsSynchronized() { // a virtual thread that waits in a monitor pins its carrier
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
    }
}
