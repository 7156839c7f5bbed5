package dev.wst.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.Shared;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kind: a template that is rendered otherwise than Python's Jinja, in the environment of transformers, renders it. No
 * line may differ; what is not supported is refused, and refused by name.
 */
class RenderedTemplatesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The chat of the lines that give none. */
    private static final List<Message> CHAT = List.of(
            new Message("system", " Be brief. "),
            new Message("user", "What is \"2<3\" & more?\n\nyes"),
            new Message("assistant", "<think>\nhm</think>\n B  é 中 😀 it's"),
            new Message("user", "aXbXc\tstraße ǅ İ  ΑΣ one-two {x}"));

    private int equal;
    private int unsupported;
    private final List<String> wrong = new ArrayList<>();

    @Test
    void templates_and_expressions_of_real_templates_are_rendered_as_transformers_does() throws IOException {
        for (String line : Files.readAllLines(Shared.file("golden/templates/rendered.jsonl"))) {
            compare(MAPPER.readTree(line));
        }
        assertThat(wrong).isEmpty();
        assertThat(unsupported).isLessThanOrEqualTo(8);
    }

    /** A template of which Python would make no end, or gigabytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 'x' * 100000000000 }}",
                "{{ [0] * 100000000000 }}",
                "{{ '%999999999d' % 1 }}",
                "{{ 'a'.center(999999999) }}",
                "{{ ('a' * 1000000).replace('a', 'a' * 1000000) }}",
                "{{ ('a' * 1000000) | list | join('b' * 1000000) }}",
                "{{ [1] | batch(99999999999, 1) | list }}",
                "{{ 10 ** 1000000000000 }}",
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{% set ns = namespace(x='a') %}{% for i in range(999) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[]) %}{% for i in range(999) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set x = 'a' * 4000000 %}{% for i in range(99999) %}{% if x is lower %}{% endif %}{% endfor %}",
                "{% set x = 'a' * 4000000 %}{% for i in range(99999) %}{{ 'b' in x }}{{ x == x }}{% endfor %}",
                "{% set x = 'a' * 4000000 %}{% for i in range(99999) %}{% set y = x[1:] %}{% endfor %}"
            })
    void a_template_without_end_or_measure_is_refused(String template) {
        ChatTemplate read = new ChatTemplate(template, Map.of());
        assertTimeoutPreemptively(
                Duration.ofMinutes(2),
                () -> assertThatThrownBy(() -> read.render(CHAT)).isInstanceOf(TokenizerException.class));
    }

    @ParameterizedTest
    @CsvSource({"(, )", "[, ]", "{1:, }", "not' ', ''", "-' ', ''", "1 if 1 else' ', ''"})
    void a_template_that_is_nested_too_deeply_is_refused(String open, String close) {
        String template = "{{ " + open.replace("'", "").repeat(100_000) + "1"
                + close.replace("'", "").repeat(100_000) + " }}";
        assertThatThrownBy(() -> new ChatTemplate(template, Map.of()))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("nested too deeply");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{% include 'x' %} | the tag include",
                "{{ self is defined }} | the name self",
                "{{ messages[0].content is nosuch }} | no test named 'nosuch'",
                "{% if true %} | expected the tag endif",
                "{{ messages[0].content.translate(1) }} | the method translate of a str",
                "{{ messages[0].nosuch.more }} | 'dict object' has no attribute 'nosuch'",
                "{{ raise_exception('only two roles') }} | refuses the roles [system, user, assistant, user]: line 1: only two roles",
                "{{ 1 + 'a' }} | fails on the roles [system, user, assistant, user]: line 1: unsupported operand types for +: int and str",
                "{{ messages.append(1) }} | 'append' of 'list' object is unsafe"
            })
    void what_is_not_rendered_says_what_it_was(String template, String message) {
        assertThatThrownBy(() -> new ChatTemplate(template, Map.of()).render(CHAT))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(message);
    }

    @Test
    void the_day_is_fixed_unless_it_is_given() {
        String template = "{{ strftime_now('%d %b %Y') }}";
        assertThat(new ChatTemplate(template, Map.of()).render(CHAT)).isEqualTo("26 Jul 2024");
        assertThat(new ChatTemplate(template, Map.of(), LocalDateTime.of(2026, 2, 3, 4, 5)).render(CHAT))
                .isEqualTo("03 Feb 2026");
    }

    @Test
    void expressions_give_what_python_gives() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("rendered-templates.jsonl")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                compare(MAPPER.readTree(line));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(equal).isGreaterThan(20 * unsupported);
    }

    private void compare(JsonNode one) {
        List<Message> messages = new ArrayList<>(one.has("messages") ? List.of() : CHAT);
        one.path("messages")
                .forEach(m -> messages.add(
                        new Message(m.get("role").asText(), m.get("content").asText())));
        String expected = one.has("text") ? one.get("text").asText() : null;
        String shown = one.get("template") + " gives ";
        try {
            String text = new ChatTemplate(
                            one.get("template").asText(), Map.of("bos_token", "<s>", "eos_token", "</s>"))
                    .render(messages);
            if (text.equals(expected)) {
                equal++;
            } else {
                wrong.add(shown + MAPPER.valueToTree(text) + ", Python "
                        + one.get(expected == null ? "refused" : "text"));
            }
        } catch (TokenizerException e) {
            if (String.valueOf(e.getMessage()).contains("not supported here")) {
                unsupported++;
            } else if (expected != null) {
                wrong.add(shown + e.getMessage() + ", Python " + one.get("text"));
            } else {
                equal++;
            }
        }
    }
}
