package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CodeBlockTest {
    @Test
    void a_text_without_fences_is_the_program_with_its_indentation() {
        assertThat(CodeBlock.in("    return x\n", "f")).isEqualTo("    return x\n");
    }

    @Test
    void the_last_block_that_defines_the_entry_point_is_taken() {
        String answer = """
                ```python
                def f(x): return 1
                ```
                better:
                ```
                def f(x): return 2
                ```
                usage:
                ```python
                print(f(1))
                ```
                """;
        assertThat(CodeBlock.in(answer, "f")).isEqualTo("def f(x): return 2\n");
    }

    @Test
    void without_a_definition_the_last_python_block_is_taken() {
        assertThat(CodeBlock.in("```python\n    return 1\n```\n```text\nreturn 2\n```", "f"))
                .isEqualTo("    return 1\n");
        assertThat(CodeBlock.in("```\na\n```\n~~~\nb\n~~~", "f")).isEqualTo("b\n");
    }

    @Test
    void a_name_that_only_begins_alike_is_no_definition() {
        assertThat(CodeBlock.in("```\ndef f(x): 1\n```\n```\ndef ff(x): 2\n```", "f"))
                .isEqualTo("def f(x): 1\n");
    }

    @Test
    void thinking_is_left_out() {
        assertThat(CodeBlock.in("<think>```python\ndef f(): 1\n```</think>```python\ndef f(): 2\n```", "f"))
                .isEqualTo("def f(): 2\n");
    }

    @Test
    void a_fence_that_is_never_closed_runs_to_the_end() {
        assertThat(CodeBlock.in("So:\n```py\ndef f():\n    return", "f")).isEqualTo("def f():\n    return\n");
    }

    @Test
    void a_longer_fence_holds_a_shorter_one() {
        assertThat(CodeBlock.in("````python\ndef f():\n    '''\n```\n    '''\n````", "f"))
                .isEqualTo("def f():\n    '''\n```\n    '''\n");
    }
}
