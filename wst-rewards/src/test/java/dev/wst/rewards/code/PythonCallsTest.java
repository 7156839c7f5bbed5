package dev.wst.rewards.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wst.rewards.code.CodeVerdict.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list of calls and the filter made from it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PythonCallsTest {
    private static String interpreter = "";

    @BeforeAll
    static void find_python() {
        try {
            interpreter = Interpreter.find(null);
        } catch (CodeExecutorException e) {
            Assumptions.abort("skipped: " + e.getMessage());
        }
    }

    private static CodeVerdict run(String program, String tests) {
        return new JudgeProcess(
                        interpreter,
                        List.of(),
                        Limits.defaults().withWallClock(Duration.ofSeconds(20)),
                        Set.of(Barrier.CALLS_LISTED, Barrier.FILES_CONFINED))
                .execute(new Submission(program, "arrange", "", tests))
                .verdict();
    }

    /** What a script says that follows the list. */
    private static String say(String script) throws IOException {
        Process process = new ProcessBuilder(interpreter, "-c", Script.read("calls.py") + script)
                .redirectErrorStream(true)
                .start();
        try (Watch watch = Watch.over(process, Duration.ofMinutes(1))) {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(watch.await()).as(said).isZero();
            return said;
        }
    }

    @Test
    void the_filter_is_right_on_both_machines() throws IOException {
        assertThat(say(Script.read("filter-simulation.py"))).isEmpty();
    }

    @Test
    void every_number_that_is_not_on_the_list_is_refused() throws IOException {
        String listed = say("import platform\nprint(sorted(allowed(platform.machine(), True).values()))")
                .strip();
        String program = """
                import ctypes, platform
                # uretprobe and uprobe: the kernel lets them past every filter, and ends a process that it has not told to
                # make them, or tells it that there is no such thing
                UNFILTERED = (335, 336) if platform.machine() == 'x86_64' else ()
                def arrange(listed):
                    syscall = ctypes.CDLL(None, use_errno=True).syscall
                    syscall.restype = ctypes.c_long
                    found = []
                    numbers = [*range(601), *range(1 << 30, (1 << 30) + 601), (1 << 31) - 1]
                    for number in numbers:
                        if number in listed or number in UNFILTERED:
                            continue
                        # no descriptor, no process and no address: harmless should a call be let through
                        ctypes.set_errno(0)
                        result = syscall(ctypes.c_long(number), *[ctypes.c_long(-1)] * 6)
                        if result != -1 or ctypes.get_errno() not in (1, 38):
                            found.append((number, result, ctypes.get_errno()))
                    return found
                """;
        CodeVerdict verdict = run(program, "found = arrange(%s)\nassert found == [], found".formatted(listed));
        assertThat(verdict.outcome()).as(verdict.detail()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void the_32_bit_way_into_the_kernel_is_closed() {
        Assumptions.assumeTrue(System.getProperty("os.arch").equals("amd64"), "x86-64 only");
        String program = """
                import ctypes, mmap
                def arrange(number):
                    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
                    # push rbx; mov eax, number; xor ebx, ebx; xor ecx, ecx; int 0x80; pop rbx; ret
                    page.write(b'\\x53\\xb8' + number.to_bytes(4, 'little') + b'\\x31\\xdb\\x31\\xc9\\xcd\\x80\\x5b\\xc3')
                    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
                """;
        // getpid, setuid and kill of that way. A kernel without it ends the process.
        CodeVerdict verdict = run(program, "assert [arrange(number) for number in (20, 23, 37)] == [-1, -1, -1]");
        assertThat(verdict.outcome()).as(verdict.detail()).isIn(Outcome.PASSED, Outcome.DIED);
    }
}
