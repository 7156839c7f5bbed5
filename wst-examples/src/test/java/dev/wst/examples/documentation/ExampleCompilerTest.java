package dev.wst.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with an example is said, and where. */
class ExampleCompilerTest {
    private static List<String> complaints(String... lines) throws IOException {
        DocumentedExample example = new DocumentedExample("A.java", 10, "reader", List.of(lines));
        DocumentedExample right =
                new DocumentedExample("B.java", 1, "reader", List.of("java.util.List<String> words = null;"));
        return new ArrayList<>(new ExampleCompiler(List.of("dev.wst.*"), Given.class)
                .complaints(List.of(right, example))
                .get(example));
    }

    @Test
    void an_error_is_told_with_its_line() throws IOException {
        assertThat(complaints("int a = 1;", "int b = a.size();"))
                .singleElement()
                .asString()
                .startsWith("A.java:12: int cannot be dereferenced")
                .endsWith("int b = a.size();");
    }

    @Test
    void an_import_may_stand_in_the_example() throws IOException {
        assertThat(complaints("import java.util.List;", "List<Task> none = List.of();", "none.get();"))
                .singleElement()
                .asString()
                .startsWith("A.java:13: ");
    }

    @Test
    void an_error_of_syntax_hides_no_other() throws IOException {
        assertThat(complaints("int a = 1", "String b = 2;")).hasSize(2);
    }

    @Test
    void a_warning_counts() throws IOException {
        assertThat(complaints("java.util.List words = null;")).hasSize(2);
    }

    @Test
    void a_given_name_stays_what_it_is() throws IOException {
        assertThat(complaints("String reward = \"praise\";"))
                .singleElement()
                .asString()
                .contains("reward is java.lang.String here and dev.wst.RewardFunction in other examples");
    }

    @Test
    void a_name_means_in_one_example_what_it_means_in_another() throws IOException {
        assertThat(complaints("int words = 3;"))
                .singleElement()
                .asString()
                .contains("words is int here and java.util.List<java.lang.String> in other examples");
    }
}
