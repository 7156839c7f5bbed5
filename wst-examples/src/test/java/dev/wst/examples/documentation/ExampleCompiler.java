package dev.wst.examples.documentation;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles examples, all at once and without writing a class. Each is the body of a method in a class of its own, which may
 * throw what it likes; its imports are moved to where imports belong. Names mean the same in all of them.
 */
final class ExampleCompiler {
    private static final List<String> OPTIONS = List.of(
            "--release",
            "17",
            "-proc:none",
            "-Xlint:all",
            "-Xmaxerrs",
            "10000",
            "-Xmaxwarns",
            "10000",
            "-classpath",
            System.getProperty("java.class.path"));

    private final String imports;
    private final Class<?> given;

    /**
     * A compiler.
     *
     * @param imports what every example may name without importing it, as imports are written: {@code java.util.*}
     * @param given its static fields are known to every example
     */
    ExampleCompiler(List<String> imports, Class<?> given) {
        this.imports = imports.stream().map(name -> "import " + name + ";").collect(Collectors.joining(" "))
                + " import static " + given.getName() + ".*;";
        this.given = given;
    }

    /** What is to be said against each example, with file and line: nothing where it compiles. */
    ListMultimap<DocumentedExample, String> complaints(List<DocumentedExample> examples) throws IOException {
        ListMultimap<DocumentedExample, String> complaints = ArrayListMultimap.create();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics(examples)) {
            if (diagnostic.getSource() instanceof Source source) {
                complaints.put(source.example, source.complaint(diagnostic));
            } else if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                throw new IllegalStateException(diagnostic.toString());
            }
        }
        return complaints;
    }

    private List<Diagnostic<? extends JavaFileObject>> diagnostics(List<DocumentedExample> examples)
            throws IOException {
        List<Source> sources = new ArrayList<>();
        for (DocumentedExample example : examples) {
            sources.add(new Source(example, "Example" + sources.size(), imports));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, diagnostics, OPTIONS, null, sources);
            Iterable<? extends CompilationUnitTree> units = task.parse();
            task.analyze();
            new Glossary(task, given).scan(units, null);
        }
        return diagnostics.getDiagnostics();
    }

    /** An example made a compilation unit: one line before its own, which keep their order, and one after. */
    private static final class Source extends SimpleJavaFileObject {
        private static final String IMPORT = "import .*;";

        private final DocumentedExample example;
        private final String content;

        Source(DocumentedExample example, String className, String imports) {
            super(URI.create("example:///" + className + ".java"), Kind.SOURCE);
            this.example = example;
            String own =
                    example.code().stream().filter(line -> line.matches(IMPORT)).collect(Collectors.joining(" "));
            String body = example.code().stream()
                    .map(line -> line.matches(IMPORT) ? "" : line)
                    .collect(Collectors.joining("\n"));
            this.content = "package " + example.packageName() + "; " + imports + " " + own + " class " + className
                    + " { void example() throws Exception {\n" + body + "\n}}\n";
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }

        String complaint(Diagnostic<? extends JavaFileObject> diagnostic) {
            int index = (int) diagnostic.getLineNumber() - 1;
            String line = index >= 1 && index <= example.code().size()
                    ? example.code().get(index - 1).strip()
                    : "(around the example)";
            return example.file() + ":" + (example.line() + index) + ": " + diagnostic.getMessage(Locale.ROOT)
                    + "\n    " + line;
        }
    }
}
