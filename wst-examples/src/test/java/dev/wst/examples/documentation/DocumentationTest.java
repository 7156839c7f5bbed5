package dev.wst.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read for examples, and where each of them is compiled. */
class DocumentationTest {
    private static final String JAVADOC = "/**\n * <pre>{@code\n * b();\n * }</pre>\n */\n";
    private static final String MARKDOWN = "```java\nb();\n```\n";

    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }

    @Test
    void markdown_is_read_beside_each_pom_and_javadoc_in_main_sources() throws IOException {
        write("pom.xml", "");
        write("README.md", MARKDOWN);
        write("module/pom.xml", "");
        write("module/DESIGN.md", MARKDOWN);
        write("module/target/COPY.md", MARKDOWN);
        write("module/src/main/java/a/b/Shown.java", JAVADOC + "public final class Shown<T> {}");
        write("module/src/test/java/a/b/ShownTest.java", JAVADOC + "class ShownTest {}");
        write("elsewhere/src/main/java/a/b/Other.java", JAVADOC + "public class Other {}");
        assertThat(new Documentation(root, "reader").examples())
                .extracting(DocumentedExample::name)
                .containsExactlyInAnyOrder(
                        "README.md:1", "module/DESIGN.md:1", "module/src/main/java/a/b/Shown.java:2");
    }

    @Test
    void what_is_public_is_shown_to_any_reader_and_the_rest_to_its_package() throws IOException {
        write("pom.xml", "");
        write("src/main/java/a/b/Shown.java", JAVADOC + "public sealed interface Shown {}");
        write("src/main/java/a/b/package-info.java", JAVADOC + "package a.b;");
        write("src/main/java/a/b/Hidden.java", JAVADOC + "final class Hidden {\n    public Hidden() {}\n}");
        Documentation documentation = new Documentation(root, "reader");
        assertThat(documentation.packages()).containsExactly("a.b");
        assertThat(documentation.examples())
                .extracting(example -> Path.of(example.file()).getFileName().toString(), DocumentedExample::packageName)
                .containsExactlyInAnyOrder(
                        tuple("Shown.java", "reader"),
                        tuple("package-info.java", "reader"),
                        tuple("Hidden.java", "a.b"));
    }
}
