package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.code.CodeVerdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that try to change or watch what is not theirs, in every surrounding in which programs are run. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PythonSideEffectsTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^# ==== (\\w+)$");
    private static final Limits LIMITS = Limits.defaults().withWallClock(Duration.ofSeconds(20));

    @TempDir
    private Path others;

    @TempDir
    private Path tools;

    private Path victim = Path.of("");
    private Process bystander;

    @BeforeEach
    void set_up() throws IOException {
        try {
            Interpreter.find(null);
        } catch (CodeExecutorException e) {
            Assumptions.abort("skipped: " + e.getMessage());
        }
        victim = Files.writeString(others.resolve("victim"), "kept");
        bystander = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end_the_bystander() {
        if (bystander != null) {
            bystander.destroyForcibly();
        }
    }

    /** A family of side effects and a program that tries its members. */
    record Family(String name, String program) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Family> families() {
        String file = Script.read("side-effects.py");
        List<MatchResult> headings = HEADING.matcher(file).results().toList();
        String prelude = file.substring(0, headings.get(0).start());
        List<Family> families = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            int end = i + 1 < headings.size() ? headings.get(i + 1).start() : file.length();
            String body = file.substring(headings.get(i).end(), end);
            families.add(new Family(headings.get(i).group(1), prelude + body.replace("ENTRY", "arrange")));
        }
        return families;
    }

    @Test
    void the_families_are_read() {
        assertThat(families()).hasSize(14);
    }

    @ParameterizedTest
    @MethodSource("families")
    void it_has_none_behind_every_barrier(Family family) throws IOException {
        PythonExecutor best = PythonExecutor.builder().limits(LIMITS).build();
        hasNone(family, best);
    }

    @ParameterizedTest
    @MethodSource("families")
    void it_has_none_where_there_are_no_namespaces(Family family) throws IOException {
        JudgeProcess plain = new JudgeProcess(Interpreter.find(null), List.of(), LIMITS, Set.of(Barrier.CALLS_LISTED));
        hasNone(family, submission -> plain.execute(submission).verdict());
    }

    @ParameterizedTest
    @MethodSource("families")
    void it_has_none_where_files_are_not_confined_either(Family family) throws IOException {
        JudgeProcess old = new JudgeProcess(
                LackingPython.withoutLandlock(tools).toString(), List.of(), LIMITS, Set.of(Barrier.CALLS_LISTED));
        hasNone(family, submission -> {
            JudgeProcess.Run run = old.execute(submission);
            assertThat(run.barriers()).doesNotContain(Barrier.FILES_CONFINED);
            return run.verdict();
        });
    }

    private void hasNone(Family family, CodeExecutor executor) throws IOException {
        Map<String, Object> before = facts();
        CodeVerdict verdict = executor.execute(new Submission(
                family.program(),
                "arrange",
                "",
                "found = arrange('%s', %d)\nassert found == [], found\n".formatted(victim, bystander.pid())));
        assertThat(verdict.outcome()).as(verdict.detail()).isEqualTo(Outcome.PASSED);
        assertThat(facts()).isEqualTo(before);
        assertThat(bystander.isAlive()).isTrue();
    }

    /** All that can be told of the file and its directory. The time of its last change of any kind is among it. */
    private Map<String, Object> facts() throws IOException {
        Map<String, Object> facts = new TreeMap<>();
        for (Path each : List.of(victim, others)) {
            Files.readAttributes(each, "unix:*", LinkOption.NOFOLLOW_LINKS)
                    .forEach((name, value) -> facts.put(each + " " + name, value));
            facts.remove(each + " lastAccessTime");
        }
        facts.put("content", Files.readString(victim));
        try (Stream<Path> listing = Files.list(others)) {
            facts.put("listing", listing.toList());
        }
        return facts;
    }
}
