package dev.wst.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No example escapes by the way it is written. */
class FormTest {
    private static List<DocumentedExample> javadoc(String... lines) {
        return Form.JAVADOC.read("A.java", "a", List.of(lines));
    }

    @Test
    void javadoc_shows_java_in_pre_elements() {
        assertThat(javadoc("/**", " * <pre>{@code", " * if (a) {", " *     b();", " *", " * }", " * }</pre>", " */"))
                .containsExactly(new DocumentedExample("A.java", 2, "a", List.of("if (a) {", "    b();", "", "}")));
    }

    @Test
    void markdown_shows_java_in_fences() {
        assertThat(Form.MARKDOWN.read("A.md", "a", List.of("```", "ls", "```", "```java", "b();", "```")))
                .containsExactly(new DocumentedExample("A.md", 4, "a", List.of("b();")));
    }

    @Test
    void a_pre_element_without_code_is_a_drawing() {
        assertThat(javadoc(" * <pre>", " * a --&gt; b", " * </pre>")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " * <pre>{@code b();",
                " * <pre><code>",
                "/** <pre>{@code",
                " * <pre class=\"code\">",
                " * So: <pre>"
            })
    void an_example_in_another_form_is_refused(String line) {
        assertThatThrownBy(() -> javadoc("/**", line, " * }</pre>"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("A.java:2 ");
    }

    @Test
    void a_fence_in_another_form_is_refused() {
        assertThatThrownBy(() -> Form.MARKDOWN.read("A.md", "a", List.of("``` Java", "b();", "```")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("A.md:1 ");
    }

    @Test
    void an_example_that_nothing_closes_is_refused() {
        assertThatThrownBy(() -> javadoc(" * <pre>{@code", " * b();", " */"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("A.java:1 ");
    }
}
