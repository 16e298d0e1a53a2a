package dev.tubepost;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The layers of docs/architecture.md, and what must not be touched where: as rules over the compiled classes. */
final class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tubepost");

    /** The packages that the simulation runs unmodified, on one thread. */
    private static final String[] SIMULATED = {
        "dev.tubepost.internal.queue..",
        "dev.tubepost.internal.batch..",
        "dev.tubepost.internal.delivery..",
        "dev.tubepost.internal.broker..",
        "dev.tubepost.internal.cluster.."
    };

    @ParameterizedTest(name = "{0} uses only {1}")
    @CsvSource({
        "env, ''",
        "config, ''",
        "batch, env",
        "net, env",
        "delivery, batch",
        "queue, batch env delivery",
        "cluster, net env",
        "report, batch env",
        "broker, queue delivery cluster report net batch env",
    })
    void aLayerUsesOnlyTheLayersBelow(String layer, String below) {
        String own = "dev.tubepost.internal." + layer + "..";
        String[] allowed = Arrays.stream(below.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> "dev.tubepost.internal." + name + "..")
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(own)
                .should()
                .onlyDependOnClassesThat(resideInAPackage(own)
                        .or(resideInAnyPackage(allowed))
                        .or(DescribedPredicate.not(resideInAPackage("dev.tubepost.internal.."))))
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.tubepost.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void theProtocolKnowsNobody() {
        classes()
                .that()
                .resideInAPackage("dev.tubepost.protocol..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("dev.tubepost.protocol..", "java..", "org.jspecify.."))
                .check(CLASSES);
    }

    @Test
    void noPublicTypeShowsAProtocolType() {
        methods()
                .that()
                .areDeclaredInClassesThat(
                        resideInAnyPackage("dev.tubepost", "dev.tubepost.serialize", "dev.tubepost.partition"))
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .arePublic()
                .should()
                .notHaveRawReturnType(resideInAnyPackage("dev.tubepost.protocol..", "dev.tubepost.internal.."))
                .check(CLASSES);
    }

    @Test
    void timeNetworkAndChanceComeFromTheEnvironmentOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(SIMULATED)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.channels..", "java.util.concurrent.locks..")
                        .and(DescribedPredicate.not(named("java.util.concurrent.locks.ReentrantLock")))
                        .or(named("java.lang.Thread"))
                        .or(named("java.lang.ThreadLocal"))
                        .or(named("java.lang.ref.Cleaner"))
                        .or(named("java.net.Socket"))
                        .or(named("java.util.Random"))
                        .or(named("java.util.concurrent.ThreadLocalRandom"))
                        .or(named("java.util.Timer"))
                        .or(named("java.time.Clock")))
                .check(CLASSES);
    }

    @Test
    void nobodyBelowTheEnvironmentReadsAClockOrAnIdentityHash() {
        noClasses()
                .that()
                .resideInAnyPackage(SIMULATED)
                .should()
                .accessTargetWhere(calls(System.class, "nanoTime"))
                .orShould()
                .accessTargetWhere(calls(System.class, "currentTimeMillis"))
                .orShould()
                .accessTargetWhere(calls(System.class, "identityHashCode"))
                .orShould()
                .accessTargetWhere(calls(java.time.Instant.class, "now"))
                .check(CLASSES);
    }

    @Test
    void onlyOneClassMakesACallersThreadWait() {
        noClasses()
                .that()
                .resideInAPackage("dev.tubepost..")
                .and()
                .doNotHaveFullyQualifiedName("dev.tubepost.internal.net.EventLoops") // Env.await
                .and()
                .doNotHaveFullyQualifiedName("dev.tubepost.internal.client.ReportQueue") // take() of a delivery report
                .and()
                .doNotHaveFullyQualifiedName("dev.tubepost.internal.client.CallerWait") // of a handle, which has no Env
                .should()
                .accessTargetWhere(calls(java.util.concurrent.CompletableFuture.class, "get"))
                .orShould()
                .accessTargetWhere(calls(java.util.concurrent.CompletableFuture.class, "join"))
                .orShould()
                .accessTargetWhere(calls(Thread.class, "sleep"))
                .orShould()
                .accessTargetWhere(calls(Object.class, "wait"))
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.tubepost.internal.client.CallerWait")
                .should()
                .accessTargetWhere(calls(dev.tubepost.internal.env.Env.class, "await"))
                .check(CLASSES);
    }

    @Test
    void nothingIsSynchronized() { // a virtual thread that waits in a monitor pins its carrier
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(
                "named " + name, type -> type.getName().equals(name));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(Class<?> owner, String name) {
        return DescribedPredicate.describe(
                "calls " + owner.getSimpleName() + "." + name,
                access -> access.getTargetOwner().getName().equals(owner.getName())
                        && access.getTarget().getName().equals(name));
    }
}
