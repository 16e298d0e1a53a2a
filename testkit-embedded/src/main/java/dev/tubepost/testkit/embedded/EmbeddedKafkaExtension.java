package dev.tubepost.testkit.embedded;

import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Immutable. Starts an {@link EmbeddedKafka} for a test class and passes it to constructors and methods that take one.
 *
 * <p>Registered by {@link EmbeddedKafkaTest}, or as a static field for what the annotation cannot say:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.of(EmbeddedKafka.builder().brokers(3).processes(true));
 * }</pre>
 *
 * <p>What an {@link EmbeddedKafkaCustomizer} on the class path says comes on top.
 *
 * <p>JUnit closes the cluster when it closes the store it is kept in: at the end of the class, or of the whole run if it is shared.
 */
public final class EmbeddedKafkaExtension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(EmbeddedKafkaExtension.class);
    private static final String CLUSTER = "cluster";

    private final @Nullable EmbeddedKafkaBuilder builder;

    /** For {@code @ExtendWith}: what {@link EmbeddedKafkaTest} says, or one broker in this JVM. */
    public EmbeddedKafkaExtension() {
        this.builder = null;
    }

    private EmbeddedKafkaExtension(EmbeddedKafkaBuilder builder) {
        this.builder = builder;
    }

    /** For {@code @RegisterExtension} on a static field. */
    public static EmbeddedKafkaExtension of(EmbeddedKafkaBuilder builder) {
        return new EmbeddedKafkaExtension(builder);
    }

    /** Which classes share a cluster: those to which this is equal. */
    private record SharedKey(int brokers, boolean processes, List<String> config) {}

    /** Keeps a shared cluster in the store of a class without its being closed there. */
    private record Holder(EmbeddedKafka kafka) {}

    @Override
    public void beforeAll(ExtensionContext context) {
        if (find(context) == null || isAnnotated(context)) {
            var kafka = open(context);
            // The cluster of the class's own goes into the store as itself, so that the store closes it.
            store(context).put(CLUSTER, kafka);
        }
    }

    private Object open(ExtensionContext context) {
        if (builder != null) {
            return started(builder);
        }
        var annotation = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EmbeddedKafkaTest.class)
                .orElse(null);
        if (annotation == null) {
            return started(EmbeddedKafka.builder());
        }
        var configured = configured(annotation);
        if (!annotation.shared()) {
            return started(configured);
        }
        var key = new SharedKey(annotation.brokers(), annotation.processes(), List.of(annotation.config()));
        return new Holder(
                store(context.getRoot()).computeIfAbsent(key, unused -> started(configured), EmbeddedKafka.class));
    }

    private static EmbeddedKafka started(EmbeddedKafkaBuilder builder) {
        ServiceLoader.load(EmbeddedKafkaCustomizer.class).forEach(customizer -> customizer.customize(builder));
        return builder.start();
    }

    private static EmbeddedKafkaBuilder configured(EmbeddedKafkaTest annotation) {
        var configured = EmbeddedKafka.builder().brokers(annotation.brokers()).processes(annotation.processes());
        for (var setting : annotation.config()) {
            var equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "@EmbeddedKafkaTest(config = ...) wants name=value, not \"" + setting + "\"");
            }
            configured.config(
                    setting.substring(0, equals).strip(),
                    setting.substring(equals + 1).strip());
        }
        return configured;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedKafka.class;
    }

    @Override
    public EmbeddedKafka resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var kafka = find(context);
        if (kafka == null) {
            throw new EmbeddedKafkaException(
                    "There is no embedded Kafka yet: EmbeddedKafkaExtension must be registered on the class or as a static field");
        }
        return kafka;
    }

    /** The cluster of this context or of the nearest one around it. */
    private static @Nullable EmbeddedKafka find(ExtensionContext context) {
        var found = store(context).get(CLUSTER);
        return found instanceof Holder holder ? holder.kafka() : (EmbeddedKafka) found;
    }

    private static boolean isAnnotated(ExtensionContext context) {
        return context.getRequiredTestClass().isAnnotationPresent(EmbeddedKafkaTest.class);
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
