package dev.wst.rewards.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedFormatsTest {
    @TempDir
    private Path directory;

    private Path file(String... lines) throws IOException {
        return Files.writeString(directory.resolve("set.jsonl"), String.join("\n", lines) + "\n");
    }

    /** Data sets that a clone does not have. */
    private static Path shared(String name) {
        Path path = Path.of(System.getProperty("wst.shared", "absent"), "data").resolve(name);
        Assumptions.assumeTrue(Files.exists(path), () -> "skipped: this test needs " + name + ", which is not here");
        return path;
    }

    @Test
    void choices_stand_below_the_question_and_the_reference_is_the_letter() throws IOException {
        List<Task> tasks = TaskFile.read(file(
                "{\"answerKey\": \"B\", \"id\": \"7f\", \"question\": {\"question_concept\": \"door\", \"choices\":"
                        + " [{\"label\": \"A\", \"text\": \"bank\"}, {\"label\": \"B\", \"text\": \"new york\"}],"
                        + " \"stem\": \"Where is it?\"}}",
                "{\"question\": \"How fast?\", \"options\": [\"A)32400\", \"B)(6)\", \"(C) 10\"], \"rationale\": \"so\","
                        + " \"correct\": \"B\"}"));
        assertThat(tasks)
                .containsExactly(
                        new Task(
                                "7f",
                                "Where is it?\nA) bank\nB) new york",
                                Optional.of("B"),
                                Map.of(
                                        "stem", "Where is it?",
                                        "choices", "A) bank\nB) new york",
                                        "right_choice", "new york")),
                        new Task(
                                "set:2",
                                "How fast?\nA) 32400\nB) (6)\nC) 10",
                                Optional.of("B"),
                                Map.of(
                                        "stem", "How fast?",
                                        "choices", "A) 32400\nB) (6)\nC) 10",
                                        "right_choice", "(6)",
                                        "rationale", "so")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"question\": \"q\", \"options\": [\"A)1\", \"B)2\"], \"correct\": \"C\"} | the answer key is C, the choices are [A, B]",
                "{\"question\": \"q\", \"options\": [\"A)1\", \"A)2\"], \"correct\": \"A\"} | two choices are labelled A",
                "{\"question\": \"q\", \"options\": [\"12\"], \"correct\": \"A\"}           | must begin with its label as in A)12, got \"12\"",
                "{\"question\": \" \", \"options\": [\"A)1\"], \"correct\": \"A\"}          | expected a text under question",
                "{\"question\": {\"stem\": \"q\", \"choices\": [{\"label\": \"A\"}]}, \"answerKey\": \"A\"} | expected a text under text",
                "{\"question\": {\"stem\": \"q\", \"choices\": []}}                         | expected a text under answerKey",
            })
    void a_bad_choice_is_named_with_its_file_and_line(String line, String message) throws IOException {
        Path file = file("{\"question\": \"q\", \"answer\": \"a\"}", line);
        assertThatThrownBy(() -> TaskFile.read(file))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("set.jsonl:2: ")
                .hasMessageContaining(message);
    }

    private static String pair(String chosen, String rejected) {
        return ("{\"chosen\": \"" + chosen + "\", \"rejected\": \"" + rejected + "\"}").replace("\n", "\\n");
    }

    @Test
    void a_pair_is_split_at_the_last_turn_of_the_assistant() throws IOException {
        String context = "\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: Why?\n\nAssistant:";
        List<PreferencePair> pairs =
                PreferenceFile.read(file(pair(context + " Because.", context), pair(context + "", context + " No.")));
        assertThat(pairs)
                .containsExactly(
                        new PreferencePair("set:1", context, " Because.", ""),
                        new PreferencePair("set:2", context, "", " No."));
        assertThat(pairs.get(0).task())
                .isEqualTo(new Task("set:1", context, Optional.of(" Because."), Map.of("rejected", "")));
    }

    @Test
    void pairs_that_part_too_early_are_refused_skipped_or_split_there() throws IOException {
        String start = "\n\nHuman: Hi\n\nAssistant:";
        Path file = file(
                pair(start + " a", start + " b"),
                pair(start + " Hello\n\nHuman: Why?\n\nAssistant: So.", start + " Hey you"));
        assertThatThrownBy(() -> PreferenceFile.read(file))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("set.jsonl:2: chosen and rejected differ before the last reply")
                .hasMessageContaining("SKIP");
        assertThat(PreferenceFile.read(file, DifferentContexts.SKIP))
                .containsExactly(new PreferencePair("set:1", start, " a", " b"));
        assertThat(PreferenceFile.read(file, DifferentContexts.SPLIT_WHERE_THEY_PART))
                .containsExactly(
                        new PreferencePair("set:1", start, " a", " b"),
                        new PreferencePair("set:2", start, " Hello\n\nHuman: Why?\n\nAssistant: So.", " Hey you"));
    }

    @Test
    void pairs_of_one_length_with_different_contexts_are_not_taken_for_one_dialogue() throws IOException {
        Path file = file(pair("\n\nHuman: Hi\n\nAssistant: a", "\n\nHuman: Ho\n\nAssistant: a"));
        assertThatThrownBy(() -> PreferenceFile.read(file)).hasMessageContaining("differ before the last reply");
        assertThatThrownBy(() -> PreferenceFile.read(file, DifferentContexts.SPLIT_WHERE_THEY_PART))
                .hasMessageContaining("set.jsonl:1: chosen and rejected differ before the assistant's first turn");
        assertThatThrownBy(() -> PreferenceFile.read(file, DifferentContexts.SKIP))
                .hasMessageContaining("there is no pair in it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"chosen\": \"x\"}                       | the transcript under chosen has no turn of the assistant",
                "{\"rejected\": \"x\"}                     | expected a transcript under chosen, got MISSING",
                "{\"chosen\": [1], \"rejected\": \"x\"}    | expected a transcript under chosen, got ARRAY",
                "3                                         | expected a transcript under chosen, got MISSING",
                "{\"chosen\":                              | not JSON",
            })
    void a_bad_pair_is_named_with_its_file_and_line(String line, String message) throws IOException {
        Path file = file("", line);
        assertThatThrownBy(() -> PreferenceFile.read(file))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("set.jsonl:2: ")
                .hasMessageContaining(message);
    }

    @Test
    void a_missing_file_of_pairs_is_named() {
        assertThatThrownBy(() -> PreferenceFile.read(directory.resolve("none.jsonl")))
                .isInstanceOf(TaskFileException.class)
                .hasMessageContaining("none.jsonl: there is no such file");
    }

    /** Line counts by wc -l; 2307 of 2312 dialogues agree, counted with a script. */
    @Test
    void published_files_are_read_whole() {
        assertThat(TaskFile.read(shared("gsm8k/train.jsonl"))).hasSize(7473).allMatch(hasReference("-?[0-9][0-9,]*"));
        assertThat(TaskFile.read(shared("gsm8k/test.jsonl"))).hasSize(1319).allMatch(hasReference("-?[0-9][0-9,]*"));
        assertThat(TaskFile.read(shared("math500/test.jsonl"))).hasSize(500);
        assertThat(TaskFile.read(shared("math/train-prm800k-part.jsonl"))).hasSize(4500);
        assertThat(TaskFile.read(shared("commonsenseqa/train_rand_split.jsonl")))
                .hasSize(9741)
                .allMatch(hasReference("[A-E]"));
        assertThat(TaskFile.read(shared("commonsenseqa/dev_rand_split.jsonl"))).hasSize(1221);
        assertThat(TaskFile.read(shared("aqua/dev.jsonl"))).hasSize(254).allMatch(hasReference("[A-E]"));
        assertThat(TaskFile.read(shared("aqua/test.jsonl"))).hasSize(254);
        Path harmless = shared("hh-rlhf/harmless-base-test.jsonl");
        assertThat(PreferenceFile.read(harmless, DifferentContexts.SKIP)).hasSize(2307);
        assertThat(PreferenceFile.read(harmless, DifferentContexts.SPLIT_WHERE_THEY_PART))
                .hasSize(2312);
        assertThatThrownBy(() -> PreferenceFile.read(harmless)).hasMessageContaining("test.jsonl:1255: ");
    }

    private static Predicate<Task> hasReference(String regex) {
        return task -> task.reference().orElse("").matches(regex);
    }
}
