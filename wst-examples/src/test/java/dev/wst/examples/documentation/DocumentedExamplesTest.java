package dev.wst.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ListMultimap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documentation shows as Java is Java that compiles. */
class DocumentedExamplesTest {
    /** None of the library's packages: an example sees what its reader sees. */
    private static final String READER = "reader";

    private static final List<String> IMPORTS = List.of(
            "java.net.*",
            "java.net.http.*",
            "java.nio.file.*",
            "java.time.*",
            "java.util.*",
            "java.util.concurrent.*",
            "dev.langchain4j.model.chat.*",
            "dev.langchain4j.model.embedding.*",
            "dev.langchain4j.model.embedding.onnx.allminilml6v2q.*",
            "dev.langchain4j.model.openai.*",
            "dev.langchain4j.service.*",
            "io.micrometer.core.instrument.*",
            "io.micrometer.core.instrument.simple.*",
            "org.junit.jupiter.api.*",
            "org.junit.jupiter.api.extension.*",
            "dev.wst.rewards.junit.*",
            // The algebra has one of that name, which no reader of an example means.
            "dev.wst.budget.Budget");

    private static final Documentation DOCUMENTATION = new Documentation(Path.of(".."), READER);

    @TestFactory
    Stream<DynamicTest> the_documentation_compiles() throws IOException {
        List<DocumentedExample> examples = DOCUMENTATION.examples();
        List<String> imports = new ArrayList<>(IMPORTS);
        DOCUMENTATION.packages().forEach(name -> imports.add(name + ".*"));
        ListMultimap<DocumentedExample, String> complaints =
                new ExampleCompiler(imports, Given.class).complaints(examples);
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.name(),
                        () -> assertThat(complaints.get(example)).isEmpty()));
    }

    @Test
    void examples_are_found_in_the_readme_and_in_every_module() throws IOException {
        assertThat(DOCUMENTATION.examples())
                .extracting(example -> Path.of(example.file()).getName(0).toString())
                .contains("README.md", "wst-core", "wst-rewards", "wst-examples");
    }
}
