package dev.tubepost.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** F78: what a user is told who has no codec library, or one that does not load. */
final class MissingCodecLibraryTest {

    private static final String NONE_BROKEN = "";

    @ParameterizedTest
    @CsvSource({"snappy, org.xerial.snappy:snappy-java", "lz4, at.yawk.lz4:lz4-java", "zstd, com.github.luben:zstd-jni"
    })
    void namesTheArtifactToAdd(String codec, String artifact) throws Exception {
        Throwable failure = mustFail(codec, new CodecLoader(false, NONE_BROKEN));
        assertThat(failure)
                .hasMessageContaining("compression=" + codec)
                .hasMessageContaining("add " + artifact)
                .hasMessageContaining("or use gzip");
        assertThat(failure.getClass().getName()).isEqualTo("dev.tubepost.InvalidOptionsException");
    }

    @ParameterizedTest
    @CsvSource({"snappy, org.xerial.snappy.SnappyLoader", "zstd, com.github.luben.zstd.util.Native"})
    void saysSoWhenTheLibraryIsThereButDoesNotLoad(String codec, String broken) throws Exception {
        Throwable failure = mustFail(codec, new CodecLoader(true, broken));
        assertThat(failure)
                .hasMessageContaining("does not work on " + System.getProperty("os.name"))
                .hasMessageContaining("may not be mapped")
                .hasMessageContaining("java.io.tmpdir");
        assertThat(failure.getClass().getName()).isEqualTo("dev.tubepost.InvalidOptionsException");
        assertThat(failure.getSuppressed()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void whatTheJdkDoesNeedsNoLibrary(String codec) throws Exception {
        assertThat(failureOf(codec, new CodecLoader(false, NONE_BROKEN))).isNull();
    }

    private static Throwable mustFail(String codec, ClassLoader world) throws ReflectiveOperationException {
        return Objects.requireNonNull(failureOf(codec, world), codec + " works");
    }

    /** What {@link Compressors#of} throws in that loader's world, or null. */
    private static @Nullable Throwable failureOf(String codec, ClassLoader world) throws ReflectiveOperationException {
        Class<?> compression = world.loadClass("dev.tubepost.Compression");
        var of = world.loadClass(Compressors.class.getName()).getMethod("of", compression);
        try {
            of.invoke(null, compression.getMethod(codec).invoke(null));
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        }
    }

    /** Loads this library afresh, into a world without codec libraries, or with a broken one. */
    private static final class CodecLoader extends ClassLoader {

        private final boolean haveLibraries;
        private final String broken;

        CodecLoader(boolean haveLibraries, String broken) {
            super(CodecLoader.class.getClassLoader());
            this.haveLibraries = haveLibraries;
            this.broken = broken;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean ofLibrary = name.startsWith("org.xerial.snappy.")
                    || name.startsWith("net.jpountz.")
                    || name.startsWith("com.github.luben.zstd.");
            if (ofLibrary && !haveLibraries) {
                throw new ClassNotFoundException(name);
            }
            if (name.equals(broken)) {
                throw new UnsatisfiedLinkError("may not be mapped");
            }
            if (!ofLibrary && !name.startsWith("dev.tubepost.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
