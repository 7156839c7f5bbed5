package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void what_the_program_names_and_other_blocks_define_comes_first() {
        String answer = """
                ```python
                from collections import (Counter,
                    deque)
                import numpy as np, os.path
                LIMIT: int = 3
                ```
                A helper:
                ```python
                @staticmethod
                def helper(x):
                    return deeper(x)

                def unused(): return 1
                def f(x): return 0
                ```
                ```
                def deeper(x):
                    return x
                ```
                ```python
                def f(x):
                    result = helper(np.sum(x))
                    return f"{Counter(x)} {result}", LIMIT
                ```
                Usage:
                ```python
                from solution import *
                result = f(3)
                import sys
                print(result, sys.argv)
                ```
                ```bash
                def helper(): 1
                ```
                """;
        assertThat(CodeBlock.in(answer, "f")).isEqualTo("""
                from collections import (Counter,
                    deque)
                import numpy as np, os.path
                LIMIT: int = 3
                @staticmethod
                def helper(x):
                    return deeper(x)

                def deeper(x):
                    return x
                def f(x):
                    result = helper(np.sum(x))
                    return f"{Counter(x)} {result}", LIMIT
                """);
    }

    @Test
    void what_the_program_has_itself_is_taken_from_no_other_block() {
        String own = """
                from __future__ import annotations
                def helper(x): return 2
                def f(x): return helper(x) + other(x)
                """;
        assertThat(CodeBlock.in("```\ndef helper(x): return 1\n```\n```\n" + own + "```", "f"))
                .isEqualTo(own);
        assertThat(CodeBlock.in("```\nfrom math import *\ndef other(x): return 1\n```\n```\n" + own + "```", "f"))
                .isEqualTo("from __future__ import annotations\nfrom math import *\ndef other(x): return 1\n"
                        + own.substring(own.indexOf('\n') + 1));
        assertThat(CodeBlock.in("```\ndef helper(x): return 1\n```\n```python\n    return helper(x)\n```", "f"))
                .isEqualTo("    return helper(x)\n");
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

    private static final String PROGRAM = """
            import math

            LIMIT = 10

            def f(x):
                \"""Doubles.

            Not code at all: is it?
                \"""
                return [
                    x,
            LIMIT]
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1. Write it:\n   ```python\n<3>   ```\n",
                "1. Write it:\n\n    ```python\n<4>    ```\n2. Done",
                "10. Write it:\n\n     ```\n<5>     ```\n",
                "- First\n  - then\n\n        ~~~py\n<8>        ~~~\n",
                "* So:\n\t```python\n<t>\t```\n",
                "1. So:\n\u00a0\u00a0\u00a0```python\n<3>\u00a0\u00a0\u00a0```\n",
                "1. A fence at the margin:\n```python\n<3>```\n",
                "1. A closing fence at the margin:\n   ```python\n<3>```\n",
                "1. A program at the margin:\n   ```python\n<0>   ```\n",
                "So:\n\n<4>\nThat is all.",
            })
    void a_program_that_stands_away_from_the_margin_is_moved_to_it(String answer) {
        String text = answer;
        for (String columns : List.of("0", "3", "4", "5", "8")) {
            text = text.replace("<" + columns + ">", shifted(" ".repeat(Integer.parseInt(columns))));
        }
        assertThat(CodeBlock.in(text.replace("<t>", shifted("\t")), "f").strip())
                .isEqualTo(PROGRAM.strip());
    }

    private static String shifted(String indent) {
        return PROGRAM.lines()
                .map(line -> (line.isBlank() ? line : indent + line) + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void lines_nearer_to_the_margin_than_their_fence_go_as_far_as_they_can() {
        assertThat(CodeBlock.in("- So:\n  ```python\n  def f():\n      s = '''\ntext\n  '''\n  ```", "f"))
                .isEqualTo("def f():\n    s = '''\ntext\n'''\n");
    }

    @Test
    void a_body_keeps_its_indentation_in_a_list_too() {
        assertThat(CodeBlock.in("1. So:\n   ```python\n       y = x\n       return y\n   ```", "f"))
                .isEqualTo("    y = x\n    return y\n");
        assertThat(CodeBlock.in("```\n    def f(y):\n        return y\n    return f(x)\n```", "f"))
                .isEqualTo("    def f(y):\n        return y\n    return f(x)\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  ```\n    return x\n  ```",
                "1. So:\n   ```python\n    return x\n   ```",
                "- So:\n\n     ```python\n    return x\n     ```",
                "- So:\n\n    ```python\n        return x\n    ```",
            })
    void a_body_that_does_not_go_by_its_fence_stays_where_it_is(String answer) {
        assertThat(CodeBlock.in(answer, "f")).isEqualTo("    return x\n");
    }

    @Test
    void a_program_that_does_not_go_by_its_fence_is_found_all_the_same() {
        assertThat(CodeBlock.in("1. So:\n   ```python\n    def f(x):\n        return x\n   ```", "f"))
                .isEqualTo("def f(x):\n    return x\n");
        assertThat(CodeBlock.in("- So:\n\n     ```\n  def f(x):\n    return x\n     ```", "f"))
                .isEqualTo("def f(x):\n  return x\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "f'", "\"", "(", "a", "~", "a.", "1_", " ", "\u00a0", "a b ", ":", "\\", "#"})
    @Timeout(20)
    void the_time_is_in_proportion_to_the_length(String part) {
        String all = part.repeat(200_000);
        for (String answer :
                List.of(all + "`", "def f(x):\n" + all, (part + "\n").repeat(100_000) + "def f(x): pass")) {
            assertThat(CodeBlock.in(answer, "f")).isNotNull();
        }
    }

    @Test
    void a_fence_far_from_the_margin_is_none_outside_of_lists() {
        String program = "def f():\n    '''\n    ```\n    f()\n    ```\n    '''\n    return 1\n";
        assertThat(CodeBlock.in(program, "f")).isEqualTo(program);
        assertThat(CodeBlock.in("- First\n\nThen it is:\n\n" + program, "f").strip())
                .isEqualTo(program.strip());
        assertThat(CodeBlock.in("```python\n" + program + "```", "f")).isEqualTo(program);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00a0", "\u2003", "\u2009", "\u202f", "\u3000", "\u1680", "\u200b ", "\ufeff ", "\u2060 "})
    void white_space_that_python_does_not_know_is_plain(String space) {
        assertThat(CodeBlock.in("def f(x):\n~~~~if x:\n~~~~~~~~return~x\n~~\n".replace("~", space), "f"))
                .isEqualTo("def f(x):\n    if x:\n        return x\n  \n");
        assertThat(CodeBlock.in("So:\n```python\n^^^^return^1^# a\u00a0b\n```".replace("^", space), "f"))
                .isEqualTo("    return 1 # a\u00a0b\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f():\n    return 'a\u00a0b\u200bc'\n",
                "def f():\n    return \"it's\u2003\" + r'\\\u00a0'\n",
                "def f():\n    return '''\n\u00a0\u00a0a\n\u3000'''\n",
                "def f():\n    return f\"\"\"\u00a0{1}\n\u00a0\"\"\"\n",
                "def f():\n    return 'a\\\n\u00a0b'\n",
                "def f():\n\treturn '\t'\n",
                "\tif x:\n\t\treturn 1\n",
            })
    void strings_comments_and_tabs_stay_as_they_are(String program) {
        assertThat(CodeBlock.in(program, "f")).isEqualTo(program);
        assertThat(CodeBlock.in("So:\n```\n" + program + "```", "f")).isEqualTo(program);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Here is the function:",
                "Sure!",
                "Sure, here's what you asked for:",
                "Solution:",
                "To solve this, we double the argument (see below",
                "I'd do it so",
                "**Answer**",
                "1. Double it",
                "- double it",
                "> quoted as is",
                "---",
                "Of course.",
                "La fonction demand\u00e9e :",
                "\u4ee3\u7801\u5982\u4e0b\uff1a",
                "Let's double `x`",
                "What is asked for?",
                "It says \"double\" here",
                "The steps are these:\n  double it,\n  give it back",
                "The steps are:\n\n    x + x\n\nSo this is it:",
                "%time f",
                "!pip install nothing",
            })
    void prose_around_a_program_is_left_out(String prose) {
        assertThat(CodeBlock.in(prose + "\n\n" + PROGRAM, "f").strip()).isEqualTo(PROGRAM.strip());
        assertThat(CodeBlock.in("So:\n```python\n" + prose + "\n" + PROGRAM + "```\nEnd", "f"))
                .isEqualTo(PROGRAM);
        assertThat(CodeBlock.in("```python\n" + PROGRAM + prose + "\nprint(f(1))\n```", "f"))
                .isEqualTo(PROGRAM);
    }

    @Test
    void prose_between_the_parts_of_a_program_is_left_out() {
        assertThat(CodeBlock.in("""
                        We need some help first.
                        x + y == y + x

                        The help is this:
                        LIMIT = 1
                        def help(x):
                            return x
                        Now the function itself:
                        def f(x):
                            return end(help(x))
                        And what it ends with:
                        f(1) > 1
                        def end(x):
                            return x
                        For example:
                        f(1)
                        """, "f")).isEqualTo("""
                        LIMIT = 1
                        def help(x):
                            return x
                        def f(x):
                            return end(help(x))
                        def end(x):
                            return x
                        """);
    }

    @Test
    void an_entry_point_may_be_assigned() {
        assertThat(CodeBlock.in("First:\ndef g(x):\n    return x\nThen this:\nf = lambda x: g(x)\nAs in:\nf(1)\n", "f"))
                .isEqualTo("def g(x):\n    return x\nf = lambda x: g(x)\n");
    }

    @Test
    void prose_around_a_body_is_left_out() {
        assertThat(CodeBlock.in("Here is the rest:\n    return x\nThat is all.\n", "f"))
                .isEqualTo("    return x\n");
        assertThat(CodeBlock.in("It is this:\n    return g(x)\nWith a helper:\ndef g(x): pass\nAs in:\nf(1)\n", "f"))
                .isEqualTo("    return g(x)\ndef g(x): pass\n");
        assertThat(CodeBlock.in("```\nThe rest is this:\n    return x\n```\n", "f"))
                .isEqualTo("    return x\n");
    }

    @Test
    void an_answer_of_prose_alone_is_no_program_either() {
        assertThat(CodeBlock.in("I cannot do that.", "f")).isEqualTo("I cannot do that.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 'a' f'b'\ny = (1\n+ 2\n)\nz = [\n'a',\n]\ndef f(): pass",
                "match = 1\nmatch match:\n    case 1: pass\ndef f(): pass\ntype X = int\n",
                "x = 1. if True else 2\nx = {\n1:\n2}\n...\ndef f(): pass\nif f:\n    pass\nelse:\n    pass\n",
                "x: int\nx = not f\ny = x is not None\nassert x, 'why not'\nfrom a import b as c\ndef f(): pass\n",
                "a = b = 3\nx = a \\\n> b\nx = (a.\nreal)\n@property\ndef f(): pass\nprint(f(), end='')\n",
                "x = (1\n@ 2\n)\nasync def f():\n    pass\n*a, b = 1, 2\n-x\n'doc'\n'''\nmore doc here.\n'''\n",
                "\u00e9t\u00e9 = 1\ndef f(): return \u00e9t\u00e9 != 2 # so it is!\n# The end.\n",
            })
    void what_python_can_hold_stays(String program) {
        assertThat(CodeBlock.in(program, "f")).isEqualTo(program);
    }

    @Test
    void no_file_of_pythons_own_library_is_changed() throws IOException {
        try (Stream<Path> files = Files.list(library())) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".py")).toList();
            assertThat(sources).hasSizeGreaterThan(50).allSatisfy(file -> {
                String source = Files.readString(file);
                assertThat(CodeBlock.in(source, "main")).isEqualTo(source);
            });
        }
    }

    private static Path library() throws IOException {
        String python;
        try {
            python = Interpreter.find(null);
        } catch (CodeExecutorException e) {
            python = Assumptions.abort("skipped: " + e.getMessage());
        }
        Process process = new ProcessBuilder(python, "-c", "import os; print(os.path.dirname(os.__file__))").start();
        return Path.of(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }
}
