package dev.wst.examples.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The documentation of a repository: the javadoc of its modules' main sources, and the Markdown beside each pom.xml. */
final class Documentation {
    private static final String SOURCES = "src/main/java/";

    private final Path root;
    private final String reader;

    /**
     * The documentation under a directory.
     *
     * @param reader the package in which those examples are compiled that anybody may follow
     */
    Documentation(Path root, String reader) {
        this.root = root;
        this.reader = reader;
    }

    /** Everything it shows as Java. */
    List<DocumentedExample> examples() throws IOException {
        List<DocumentedExample> examples = new ArrayList<>();
        for (Path directory : directories()) {
            for (Path file : files(directory, 1, ".md")) {
                examples.addAll(Form.MARKDOWN.read(name(file), reader, Files.readAllLines(file)));
            }
        }
        for (Path file : sources()) {
            examples.addAll(Form.JAVADOC.read(name(file), packageThatUses(file), Files.readAllLines(file)));
        }
        return examples;
    }

    /** The packages of all modules. */
    List<String> packages() throws IOException {
        return sources().stream().map(this::packageOf).distinct().toList();
    }

    /** The root and its modules. */
    private List<Path> directories() throws IOException {
        try (Stream<Path> below = Files.walk(root, 1)) {
            return below.filter(directory -> Files.exists(directory.resolve("pom.xml")))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path directory : directories()) {
            if (Files.isDirectory(directory.resolve(SOURCES))) {
                sources.addAll(files(directory.resolve(SOURCES), Integer.MAX_VALUE, ".java"));
            }
        }
        return sources;
    }

    private static List<Path> files(Path directory, int depth, String ending) throws IOException {
        try (Stream<Path> below = Files.walk(directory, depth)) {
            return below.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    /** What is public anybody may use; the rest only its own package can. */
    private String packageThatUses(Path file) throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        Pattern isPublic = Pattern.compile("(?m)^public [^(]*\\b" + Pattern.quote(type) + "\\b");
        boolean usable = type.equals("package-info")
                || isPublic.matcher(Files.readString(file)).find();
        return usable ? reader : packageOf(file);
    }

    private String packageOf(Path source) {
        String name = name(source);
        return name.substring(name.indexOf(SOURCES) + SOURCES.length(), name.lastIndexOf('/'))
                .replace('/', '.');
    }

    private String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
