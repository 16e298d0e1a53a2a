package dev.tubepost.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles what a patch makes of the producer's sources, and nothing else, against the producer as it is, in memory. <em>Thread-safe.</em>
 *
 * <p>A patch that changes what other sources were compiled against (a signature, a constant) must change these, too.
 */
final class PatchedClasses {

    private static final List<String> OPTIONS = List.of("-proc:none", "-nowarn", "-implicit:none", "-g");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /** The classes of the changed sources, by name. */
    Map<String, byte[]> compile(PlantedBug bug, Path root) throws IOException {
        var sources = new ArrayList<JavaFileObject>();
        for (SourcePatch patch : bug.patches()) {
            sources.add(new Source(patch.source(), patch.apply(root)));
        }
        var problems = new DiagnosticCollector<JavaFileObject>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8);
                var memory = new Memory(files)) {
            var options = new ArrayList<>(OPTIONS);
            options.addAll(List.of("-classpath", String.join(java.io.File.pathSeparator, ProjectClasses.classPath())));
            if (!compiler.getTask(null, memory, problems, options, null, sources)
                    .call()) {
                String errors = problems.getDiagnostics().stream()
                        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                        .map(Object::toString)
                        .collect(Collectors.joining("\n"));
                throw new BadPatchException(bug.name() + " does not compile:\n" + errors);
            }
            return memory.classes();
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("planted:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class CompiledClass extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        CompiledClass(String name) {
            super(URI.create("planted:///" + name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /** Keeps what is compiled. */
    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, CompiledClass> outputs = new HashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return outputs.computeIfAbsent(className, CompiledClass::new);
        }

        Map<String, byte[]> classes() {
            var classes = new HashMap<String, byte[]>();
            outputs.forEach((name, output) -> classes.put(name, output.bytes.toByteArray()));
            return classes;
        }
    }
}
