package dev.tubepost.testkit.embedded;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives the tests of a class a real Kafka: their constructors and methods may take an {@link EmbeddedKafka}. It is started before the first
 * test and closed after the last one, also when tests fail. Nested classes share it. Needs JUnit 5.13 or newer.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedKafkaExtension.class)
public @interface EmbeddedKafkaTest {
    /** As {@link EmbeddedKafkaBuilder#brokers}. */
    int brokers() default 1;

    /** As {@link EmbeddedKafkaBuilder#processes}. */
    boolean processes() default false;

    /** Settings of every node, each as {@code name=value}. */
    String[] config() default {};

    /**
     * Whether all classes of this JVM with the same brokers, processes and config use one cluster, which then lives to the end of the test run.
     * Saves seconds per class; the tests must keep to topics of their own and leave the brokers running.
     */
    boolean shared() default false;
}
