package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wst.InterruptedRunException;
import dev.wst.rewards.code.CodeVerdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PythonExecutorTest {
    private static final String TESTS = """
            assert ENTRY([3, 1, 2]) == [1, 2, 3]
            assert ENTRY([]) == []
            assert all(map(lambda n: ENTRY([n, 0]) == [0, n], range(1, 4)))
            assert abs(ENTRY([0.5])[0] - 0.5) < 1e-9
            """.replace("ENTRY", "arrange");

    private static final Path CHEATS = Path.of("src/test/resources/dev/wst/rewards/code/cheats");

    /** A cheat that only the clock ends, however long it is given. */
    private static final String ENDLESS = "sends_colliding_keys.py";

    private static final Limits PATIENT = Limits.defaults().withWallClock(Duration.ofSeconds(5));
    private static final Limits HURRIED = Limits.defaults().withWallClock(Duration.ofSeconds(2));

    private static PythonExecutor python;
    private static PythonExecutor hurried;

    @BeforeAll
    static void find_python() {
        python = executor(PATIENT);
        hurried = executor(HURRIED);
    }

    private static PythonExecutor executor(Limits limits) {
        try {
            return PythonExecutor.builder().limits(limits).build();
        } catch (CodeExecutorException e) {
            return Assumptions.abort("skipped: " + e.getMessage());
        }
    }

    private static CodeVerdict run(String program, String tests) {
        return run(program, "", tests);
    }

    private static CodeVerdict run(String program, String support, String tests) {
        return python.execute(new Submission(program, "arrange", support, tests));
    }

    private static CodeVerdict hurriedRun(String program, String tests) {
        return hurried.execute(new Submission(program, "arrange", "", tests));
    }

    @Test
    void a_right_program_passes_every_check() {
        assertThat(run("def arrange(xs):\n    return sorted(xs)\n", TESTS))
                .isEqualTo(new CodeVerdict(Outcome.PASSED, 4, 4, ""));
    }

    @Test
    void a_wrong_program_is_told_its_first_failure_and_the_rest_is_tried() {
        CodeVerdict verdict = run("def arrange(xs):\n    return list(xs)\n", TESTS);
        assertThat(verdict.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verdict.passed()).isEqualTo(2);
        assertThat(verdict.total()).isEqualTo(4);
        assertThat(verdict.detail()).contains("assert arrange([3, 1, 2]) == [1, 2, 3]");
    }

    /** The names of programs that try to pass without solving; ENTRY stands for the function that is tested. */
    static List<String> cheats() throws IOException {
        try (Stream<Path> files = Files.list(CHEATS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String cheat(String name) throws IOException {
        return Files.readString(CHEATS.resolve(name)).replace("ENTRY", "arrange");
    }

    private static CodeVerdict runCheat(String name, String tests) throws IOException {
        return name.equals(ENDLESS) ? hurriedRun(cheat(name), tests) : run(cheat(name), tests);
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void a_cheat_never_passes(String name) throws IOException {
        CodeVerdict verdict = runCheat(name, TESTS);
        assertThat(verdict.outcome()).as(verdict.detail()).isNotIn(Outcome.PASSED, Outcome.NOT_RUN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sends_an_endless_range",
                "forges_an_endless_range",
                "sends_colliding_keys",
                "sends_a_factor",
            })
    void an_answer_that_would_blow_up_the_tests_ends_within_the_limits(String name) throws IOException {
        long start = System.nanoTime();
        CodeVerdict verdict = runCheat(name + ".py", """
                assert set(arrange([1])) == {1}
                assert sorted(arrange([1])) == [1]
                assert len('x' * arrange([1])) == 1
                """);
        assertThat(verdict.outcome()).as(verdict.detail()).isNotIn(Outcome.PASSED, Outcome.NOT_RUN);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void the_memory_of_the_tests_has_a_limit() {
        CodeVerdict verdict = run("def arrange(n):\n    return n\n", "assert len('x' * arrange(10 ** 10)) == 10 ** 10");
        assertThat(verdict.outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verdict.detail()).contains("MemoryError");
    }

    @Test
    void the_environment_of_the_tests_is_not_that_of_this_process() {
        assertThat(run("def arrange(n):\n    return n\n", "import os\nassert not {'PATH', 'HOME'} & set(os.environ)")
                        .outcome())
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void a_run_gives_its_place_back() {
        PythonExecutor narrow = PythonExecutor.builder().concurrency(1).build();
        Submission right = new Submission("def f():\n    return 1\n", "f", "", "assert f() == 1");
        assertThat(narrow.execute(right).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(narrow.execute(right).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void there_are_44_cheats() throws IOException {
        assertThat(cheats()).hasSize(44);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "def arrange(xs) return xs            | DOES_NOT_LOAD | SyntaxError",
                "raise ValueError('at once')          | DOES_NOT_LOAD | at once",
                "def other(xs): return xs             | DOES_NOT_LOAD | defines no arrange",
                "'\"\"'                               | DOES_NOT_LOAD | defines no arrange",
                "arrange = 5                          | WRONG         | not callable",
                "import os; arrange = lambda xs: os._exit(0) | DIED   | ended",
                "arrange = lambda xs: bytearray(1 << 30)     | WRONG  | MemoryError",
                "arrange = lambda xs: 1 / 0                  | WRONG  | ZeroDivisionError",
                "arrange = lambda xs: arrange(xs)            | WRONG  | RecursionError",
            })
    void an_outcome_says_how_it_ended(String program, Outcome outcome, String detail) {
        CodeVerdict verdict = run(program, "assert arrange([2, 1]) == [1, 2]");
        assertThat(verdict.outcome()).as(verdict.detail()).isEqualTo(outcome);
        assertThat(verdict.detail()).contains(detail);
    }

    @Test
    void a_program_that_does_not_end_is_ended() {
        CodeVerdict verdict =
                hurriedRun("import time; arrange = lambda xs: time.sleep(60)", "assert arrange([1]) == [1]");
        assertThat(verdict.outcome()).as(verdict.detail()).isEqualTo(Outcome.TIME_LIMIT);
        assertThat(verdict.detail()).contains("time limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "True",
                "None",
                "-7",
                "2 ** 200",
                "0.1",
                "float('inf')",
                "1 + 2j",
                "'\\ud800 \u20ac \\x00'",
                "b'\\xff'",
                "[1, [2, (3,)], {4}]",
                "{'a': {1: None}, (1, 2): 'x'}",
                "frozenset({1})",
                "range(3, 9, 2)",
                "int",
                "__import__('decimal').Decimal('1.10')",
                "__import__('fractions').Fraction(2, 3)",
            })
    void plain_values_come_back_as_they_went(String value) {
        CodeVerdict verdict = run(
                "def arrange(value):\n    return value\n",
                "value = " + value + "\nassert arrange(value) == value\nassert type(arrange(value)) is type(value)\n"
                        + "assert repr(arrange(value)) == repr(value)");
        assertThat(verdict).isEqualTo(new CodeVerdict(Outcome.PASSED, 3, 3, ""));
    }

    @Test
    void objects_of_the_candidate_can_be_used_and_are_equal_to_themselves_only() {
        String program = """
                class Node:
                    def __init__(self, key):
                        self.key, self.next = key, None
                    def __eq__(self, other):
                        return True
                def arrange(node):
                    return node.next
                """;
        String tests = """
                assert arrange(head).key == 2
                assert arrange(head) is head.next
                assert arrange(head) == head
                assert arrange(head)
                assert arrange(head) == 2
                """;
        CodeVerdict verdict = run(program, "head = Node(1)\nhead.next = Node(2)\n", tests);
        assertThat(verdict.passed()).isEqualTo(2);
        assertThat(verdict.total()).isEqualTo(5);
    }

    @Test
    void helpers_of_the_tests_are_not_taken_from_the_candidate() {
        String program = """
                def helper(x):
                    return True
                class math:
                    isclose = staticmethod(lambda a, b: True)
                def arrange(xs):
                    return 1.0
                """;
        String support = """
                def helper(x):
                    return x == 2.0
                def arrange(xs):
                    'stub'
                """;
        String tests = """
                assert helper(arrange([]))
                assert math.isclose(candidate([]), 2.0)
                assert candidate([]) == 1.0
                """;
        CodeVerdict verdict = run(program, support, tests);
        assertThat(verdict.passed()).isEqualTo(1);
        assertThat(verdict.total()).isEqualTo(3);
    }

    @Test
    void exceptions_arrive_as_their_own_kind_when_they_are_built_in() {
        String tests = """
                try:
                    arrange(-1)
                    assert False
                except ValueError:
                    pass
                assert arrange(4) == 2
                """;
        String program = """
                def arrange(x):
                    if x < 0:
                        raise %s('negative')
                    return int(x ** 0.5)
                """;
        assertThat(run(program.formatted("ValueError"), tests).outcome()).isEqualTo(Outcome.PASSED);
        assertThat(run(program.formatted("OSError"), tests).outcome()).isEqualTo(Outcome.WRONG);
    }

    @Test
    void the_candidate_finds_nothing_of_its_surroundings() {
        String program = """
                import os, ctypes, socket
                def scratch():
                    with open('x', 'w') as file:
                        return file.write('abc'), os.listdir('.')
                def arrange(name):
                    what = {
                        'environment': lambda: dict(os.environ),
                        'socket': lambda: socket.socket(),
                        'files': lambda: os.listdir('/'),
                        'passwords': lambda: open('/etc/passwd').read(),
                        'outside': lambda: open('../left', 'w'),
                        'scratch': scratch,
                        'trace': lambda: ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0),
                    }[name]
                    try:
                        return what()
                    except Exception as failure:
                        return type(failure).__name__
                """;
        String tests = """
                assert arrange('environment') == {}
                assert arrange('socket') == 'PermissionError'
                assert arrange('files') == 'PermissionError'
                assert arrange('passwords') in ('PermissionError', 'FileNotFoundError')
                assert arrange('outside') == 'PermissionError'
                assert arrange('scratch') == (3, ['x'])
                assert arrange('trace') == -1
                """;
        assertThat(run(program, tests)).isEqualTo(new CodeVerdict(Outcome.PASSED, 7, 7, ""));
    }

    @Test
    void what_is_not_for_the_candidate_is_not_there(@TempDir Path directory) throws IOException {
        Assumptions.assumeTrue(python.barriers().contains(Barrier.FILES_UNSEEN), "no mount namespace here");
        Path file = Files.writeString(directory.resolve("file"), "secret");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        String program = """
                import os
                def arrange(path):
                    seen = []
                    for look in (os.stat, os.lstat, os.readlink, os.listdir, os.open, os.chdir):
                        try:
                            look(path, *[os.O_PATH] * (look is os.open))
                            seen.append(look.__name__)
                        except FileNotFoundError:
                            pass
                        except OSError as failure:
                            seen.append(str(failure))
                    return seen
                """;
        CodeVerdict verdict = run(
                program,
                "for path in ('%s', '%s', '%s', '/proc', '/proc/self', '/etc/passwd', '/home', '/sys', '/dev/zero'):\n"
                                .formatted(file, link, directory)
                        + "    assert arrange(path) == [], (path, arrange(path))\nassert arrange('..')");
        assertThat(verdict).isEqualTo(new CodeVerdict(Outcome.PASSED, 1, 1, ""));
    }

    @Test
    void barriers_that_are_missing_are_named_and_nothing_runs() {
        JudgeProcess plain = new JudgeProcess(
                Interpreter.find(null), List.of(), Limits.defaults(), Set.of(Barrier.OWN_PROCESS_TREE));
        JudgeProcess.Run run = plain.execute(new Submission("def f():\n    return 1\n", "f", "", "assert f() == 1"));
        assertThat(run.verdict()).isEqualTo(CodeVerdict.notRun("not in force here: OWN_PROCESS_TREE"));
    }

    @Test
    void a_verdict_under_another_nonce_is_no_verdict(@TempDir Path directory) throws IOException {
        Path liar = Files.writeString(directory.resolve("liar"), """
                #!/bin/sh
                cat > /dev/null
                echo '{"nonce":"guessed","outcome":"PASSED","passed":1,"total":1,"detail":""}'
                """);
        assertThat(liar.toFile().setExecutable(true)).isTrue();
        JudgeProcess judge = new JudgeProcess(liar.toString(), List.of(), Limits.defaults(), Set.of());
        assertThat(judge.execute(new Submission("", "f", "", "assert f() == 1")).verdict())
                .isEqualTo(CodeVerdict.notRun("the judge did not start"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assert heapq.nsmallest(1, arrange([2, 3])) == [1]",
                "import heapq\nassert heapq.nsmallest(1, arrange([2, 3])) == [1]",
                "from heapq import nsmallest\nassert nsmallest(1, arrange([2, 3])) == [1]",
            })
    void tests_never_load_what_a_candidate_planted_where_files_are_not_confined(String tests, @TempDir Path directory)
            throws IOException {
        JudgeProcess old = new JudgeProcess(
                LackingPython.withoutBoth(directory).toString(), List.of(), Limits.defaults(), Set.of());
        JudgeProcess.Run run = old.execute(new Submission("""
                with open('../heapq.py', 'w') as file:
                    file.write('def nsmallest(*arguments): return [1]')
                def arrange(xs):
                    return xs
                """, "arrange", "", tests));
        assertThat(run.barriers()).doesNotContain(Barrier.FILES_CONFINED);
        assertThat(run.verdict().outcome()).as(run.verdict().detail()).isEqualTo(Outcome.WRONG);
    }

    @Test
    void a_system_without_filter_either_limits_processes_or_is_refused(@TempDir Path directory) throws IOException {
        Path python = LackingPython.withoutFilter(directory);
        JudgeProcess.Run run = new JudgeProcess(python.toString(), List.of(), Limits.defaults(), Set.of())
                .execute(new Submission("""
                        import os
                        def arrange():
                            try:
                                return os.fork() < 0
                            except OSError:
                                return True
                        """, "arrange", "", "assert arrange()"));
        assertThat(run.verdict().outcome() == Outcome.PASSED)
                .isEqualTo(run.barriers().contains(Barrier.NO_PROCESSES));
        if (!run.barriers().contains(Barrier.NO_PROCESSES)) {
            assertThatThrownBy(() -> PythonExecutor.builder().python(python).build())
                    .isInstanceOf(CodeExecutorException.class)
                    .hasMessageContaining("NO_PROCESSES");
        }
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void a_cheat_does_not_pass_where_there_are_no_namespaces(String name) throws IOException {
        JudgeProcess plain =
                new JudgeProcess(Interpreter.find(null), List.of(), name.equals(ENDLESS) ? HURRIED : PATIENT, Set.of());
        JudgeProcess.Run run = plain.execute(new Submission(cheat(name), "arrange", "", TESTS));
        assertThat(run.verdict().outcome()).as(run.verdict().detail()).isNotIn(Outcome.PASSED, Outcome.NOT_RUN);
    }

    @Test
    void tests_that_are_no_python_are_not_the_candidates_fault() {
        CodeVerdict verdict = run("def arrange(xs):\n    return xs\n", "assert (");
        assertThat(verdict.outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(verdict.detail()).contains("SyntaxError");
    }

    private static Path starting(Path directory, String condition) throws IOException {
        Path starts = directory.resolve("starts");
        Path script = Files.writeString(directory.resolve("python3"), """
                #!/bin/sh
                %2$s && { echo start >> %1$s; exit 0; }
                echo start >> %1$s
                exec %3$s "$@"
                """.formatted(
                        starts, condition.formatted(starts), Interpreter.find(null)));
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    private static CodeVerdict plainRun(Path python) {
        return new JudgeProcess(python.toString(), List.of(), Limits.defaults(), Set.of())
                .execute(new Submission("def arrange(xs):\n    return sorted(xs)\n", "arrange", "", TESTS))
                .verdict();
    }

    @Test
    void a_judge_that_does_not_start_is_started_once_more(@TempDir Path directory) throws IOException {
        Path python = starting(directory, "[ ! -e %s ]");
        assertThat(plainRun(python)).isEqualTo(new CodeVerdict(Outcome.PASSED, 4, 4, ""));
        assertThat(directory.resolve("starts")).hasContent("start\nstart\n");
    }

    @Test
    void a_judge_that_never_starts_gives_no_verdict(@TempDir Path directory) throws IOException {
        Path python = starting(directory, "true");
        assertThat(plainRun(python).outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(directory.resolve("starts")).hasContent("start\nstart\n");
    }

    @Test
    void an_interrupted_run_ends_at_once_and_leaves_nothing_behind() throws Exception {
        JudgeProcess plain = new JudgeProcess(
                Interpreter.find(null), List.of(), Limits.defaults().withWallClock(Duration.ofMinutes(1)), Set.of());
        String mark = "mark-" + UUID.randomUUID();
        String program = "import time\nopen('%s', 'w').close()\ntime.sleep(60)\n".formatted(mark);
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread runner = new Thread(() -> {
            try {
                plain.execute(new Submission(program, "arrange", "", TESTS));
            } catch (InterruptedRunException e) {
                end.complete(e);
            }
        });
        runner.start();
        Path own = runningIn(mark);
        runner.interrupt();
        assertThat(end.get(30, TimeUnit.SECONDS)).hasMessageContaining("interrupted");
        runner.join();
        assertThat(own).doesNotExist();
    }

    /** The scratch directory of the program that writes this mark; other programs may be under way on this machine. */
    private static Path runningIn(String mark) throws Exception {
        while (true) {
            for (Path directory : scratchDirectories()) {
                if (Files.exists(directory.resolve("scratch").resolve(mark))) {
                    return directory;
                }
            }
            Thread.sleep(50);
        }
    }

    private static List<Path> scratchDirectories() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("wst-code-"))
                    .toList();
        }
    }

    @Test
    void a_missing_python_is_found_out_when_it_is_built(@TempDir Path directory) throws IOException {
        assertThatThrownBy(() -> PythonExecutor.builder()
                        .python(directory.resolve("python3"))
                        .build())
                .isInstanceOf(CodeExecutorException.class)
                .hasMessageContaining("Python cannot be started");
        Path impostor = Files.writeString(directory.resolve("impostor"), "#!/bin/sh\necho no\nexit 1\n");
        assertThat(impostor.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> PythonExecutor.builder().python(impostor).build())
                .isInstanceOf(CodeExecutorException.class)
                .hasMessageContaining("no Python 3.8 or later");
    }
}
