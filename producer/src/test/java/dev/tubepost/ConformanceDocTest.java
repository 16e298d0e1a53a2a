package dev.tubepost;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What {@code docs/conformance.md} says is tested, is: each method that it names exists, is a test, and runs. */
final class ConformanceDocTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w*(?:Test|IT))\\.(\\w+)`");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    @Test
    void everyRowOfTheSpecificationNamesItsTests() throws IOException {
        Map<String, List<String>> rows = rows();
        assertThat(rows.keySet())
                .containsAll(IntStream.rangeClosed(1, 27).mapToObj(i -> "S" + i).toList());
        assertThat(rows).allSatisfy((row, tests) -> assertThat(tests).as(row).isNotEmpty());
    }

    @Test
    void everyTestThatIsNamedExistsAndRuns() throws IOException {
        Set<String> named = new TreeSet<>();
        rows().values().forEach(named::addAll);
        Set<String> running = runningTests(
                named.stream().map(name -> name.substring(0, name.indexOf('.'))).collect(Collectors.toSet()));
        assertThat(running).containsAll(named);
    }

    @Test
    void everythingInTheColumnOfTestsIsTheNameOfOne() throws IOException {
        for (String line : tableLines()) {
            String tests = cells(line).get(2);
            assertThat(CODE.matcher(tests).results().count())
                    .as(line)
                    .isEqualTo(METHOD.matcher(tests).results().count());
        }
    }

    /** The rows of all tables, by their first cell: the tests that the third names. */
    private static Map<String, List<String>> rows() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String line : tableLines()) {
            List<String> cells = cells(line);
            List<String> tests = new ArrayList<>();
            for (Matcher each = METHOD.matcher(cells.get(2)); each.find(); ) {
                tests.add(each.group(1) + "." + each.group(2));
            }
            assertThat(rows.put(cells.get(0), tests))
                    .as("%s twice", cells.get(0))
                    .isNull();
        }
        return rows;
    }

    private static List<String> tableLines() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/conformance.md")).stream()
                .filter(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---") && !line.endsWith("| tests |"))
                .toList();
    }

    private static List<String> cells(String line) {
        List<String> cells =
                Stream.of(line.substring(1).split("\\|")).map(String::strip).toList();
        assertThat(cells).as(line).hasSize(3);
        return cells;
    }

    /** The test methods of these classes that are not disabled, read from the sources: they belong to several modules. */
    private static Set<String> runningTests(Set<String> classes) throws IOException {
        Map<String, Path> sources = testSources();
        assertThat(sources.keySet()).containsAll(classes);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> chosen = classes.stream().map(sources::get).toList();
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(chosen));
            Set<String> running = new TreeSet<>();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new RunningTests(running), null);
            }
            return running;
        }
    }

    private static Map<String, Path> testSources() throws IOException {
        Map<String, Path> sources = new HashMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .forEach(tests -> addSources(tests, sources));
        }
        return sources;
    }

    private static void addSources(Path tests, Map<String, Path> sources) {
        try (Stream<Path> files = Files.walk(tests)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects the test methods of a source. */
    private static final class RunningTests extends TreeScanner<Void, Void> {
        private final Set<String> found;
        private String inClass = "";

        RunningTests(Set<String> found) {
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree node, Void nothing) {
            if (annotations(node.getModifiers()).contains("Disabled")) {
                return null;
            }
            String outside = inClass;
            inClass = node.getSimpleName().toString();
            super.visitClass(node, null);
            inClass = outside;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree node, Void nothing) {
            Set<String> annotations = annotations(node.getModifiers());
            boolean isTest = annotations.contains("Test") || annotations.contains("ParameterizedTest");
            if (isTest && annotations.stream().noneMatch(name -> name.startsWith("Disabled"))) {
                found.add(inClass + "." + node.getName());
            }
            return null;
        }

        private static Set<String> annotations(ModifiersTree modifiers) {
            return modifiers.getAnnotations().stream()
                    .map(AnnotationTree::getAnnotationType)
                    .map(Object::toString)
                    .collect(Collectors.toSet());
        }
    }
}
