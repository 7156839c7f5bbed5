package dev.wst.rewards.code;

import dev.wst.InterruptedRunException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs Python programs that nobody has read. Needs a Python 3.8 or later and a POSIX system; building one starts Python
 * once, to see what protection this machine can give.
 *
 * <p><b>The verdict cannot be forged</b> where {@link Barrier#FILES_CONFINED} or {@link Barrier#CALLS_LISTED} is in force.
 * The tests run in a process of their own, the judge, which the candidate's process never sees: it gets calls and sends
 * back values, which arrive as plain data of exact types. A program that prints "passed", exits with 0, redefines
 * {@code ==} or {@code assert}, patches built-ins, leaves threads or exit handlers behind, walks the stack, or writes to
 * every descriptor it has can at most answer a call wrongly. One that kills its judge has failed; one whose answers make
 * the tests grow or spin meets limits there too. What a program can still do is recognise the arguments of a call and
 * answer from memory: tests whose inputs were shown to the student can be hard-coded. Without those barriers (macOS) all
 * this holds only as long as your user may not write to Python's own files: a program could change them, and the next judge
 * would run what it wrote.
 *
 * <p><b>What protects the machine</b> depends on it; {@link #barriers()} says what is in force. With all of
 * {@link Barrier} (a Linux with user namespaces, Landlock and seccomp; x86-64, or arm64, where the filter has not been
 * tried on a machine) a program cannot read your files or learn of them, write outside its scratch directory, reach the
 * network, start processes, signal or trace others, or use more memory, processor time, file space and wall-clock time than
 * {@link Limits} allow. In a container that forbids user namespaces the last three barriers are missing.
 *
 * <p><b>What a program can ask of the kernel</b> is a list, and what is not on it is refused, calls of later kernels
 * included: memory, threads, time, chance, its own timers, pipes, reading files, and, where files are confined, writing,
 * moving and removing them. So nobody's file gets other permissions, times, attributes, names or locks, not even one in the
 * scratch directory: {@code os.chmod}, {@code shutil.copy} (which sets permissions; {@code copyfile} works), {@code dbm}
 * and links fail there too. Nor are there sockets, which {@code asyncio.run} needs, processes, shared memory, or a signal
 * to oneself. Memory may be executable, which extension modules need: machine code is held by the same list.
 *
 * <p><b>What a program can see</b> nevertheless: the names and contents of Python's own files; the machine's name, kernel,
 * memory and load; user, group and process numbers. Where {@link Barrier#FILES_UNSEEN} is missing, also whether a file
 * of yours exists whose name it guesses, its size, times and owner, where a link leads, and which process numbers are
 * taken; directories cannot be listed. Where {@link Barrier#FILES_CONFINED} is missing too, all that your user can read.
 * It has no way to tell anyone but by its answers.
 *
 * <p><b>What it does not protect against:</b> faults in the kernel or in Python that let a process out of these barriers;
 * reading what lies beside Python's own files, such as {@code /usr} if Python is installed there; timing and other side
 * channels, the times of last access to what it reads among them; heating the machine up to its limits. It is a fence for
 * what a model writes during training, not for a determined person; for that, run it in a virtual machine.
 *
 * <pre>{@code
 * RewardFunction reward = CodeReward.of(PythonExecutor.builder().build());
 * }</pre>
 */
public final class PythonExecutor implements CodeExecutor {
    private static final Submission PROBE =
            new Submission("def probe():\n    return 1\n", "probe", "", "assert probe() == 1\n");

    private final JudgeProcess judge;
    private final Set<Barrier> barriers;
    private final Semaphore permits;

    private PythonExecutor(JudgeProcess judge, Set<Barrier> barriers, int concurrency) {
        this.judge = judge;
        this.barriers = barriers;
        this.permits = new Semaphore(concurrency, true);
    }

    /** An executor with the defaults: the {@code python3} of the path. */
    public static Builder builder() {
        return new Builder();
    }

    /** The protections in force, found out when this was built and made sure of before every program. */
    public Set<Barrier> barriers() {
        return barriers;
    }

    /**
     * Tries a program; waits while as many as the concurrency allows are under way.
     *
     * @throws InterruptedRunException if the thread is interrupted; the program is killed
     */
    @Override
    public CodeVerdict execute(Submission submission) {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRunException("interrupted while waiting to run a program");
        }
        try {
            return judge.execute(submission).verdict();
        } finally {
            permits.release();
        }
    }

    @Override
    public String toString() {
        return "PythonExecutor[" + judge + "]";
    }

    /** Settings; each has a default. */
    public static final class Builder {
        private @Nullable Path python;
        private Limits limits = Limits.defaults();
        private int concurrency = Runtime.getRuntime().availableProcessors();
        private Set<Barrier> required = Collections.unmodifiableSet(EnumSet.complementOf(
                EnumSet.of(Barrier.FILES_UNSEEN, Barrier.OWN_PROCESS_TREE, Barrier.SCRATCH_QUOTA)));

        private Builder() {}

        /** The interpreter; by default the first {@code python3} of the path. */
        public Builder python(Path interpreter) {
            this.python = interpreter;
            return this;
        }

        /** What one program may use. */
        public Builder limits(Limits each) {
            this.limits = Objects.requireNonNull(each, "limits");
            return this;
        }

        /** The most programs under way at once; by default one for each processor. */
        public Builder concurrency(int programs) {
            if (programs < 1) {
                throw new IllegalArgumentException("concurrency must be at least 1, got " + programs);
            }
            this.concurrency = programs;
            return this;
        }

        /**
         * What must be in force before a program is run; by default all but {@link Barrier#FILES_UNSEEN},
         * {@link Barrier#OWN_PROCESS_TREE} and {@link Barrier#SCRATCH_QUOTA}, which need user namespaces. Fewer where the platform has fewer and the whole process
         * is fenced from outside, for instance by a container; then read what is said above of each that you leave out.
         */
        public Builder require(Barrier... barriers) {
            this.required = Set.of(barriers);
            return this;
        }

        /**
         * Finds Python and tries it out.
         *
         * @throws CodeExecutorException if there is none, or if this machine cannot give what is required
         */
        public PythonExecutor build() {
            String interpreter = Interpreter.find(python);
            JudgeProcess.Run best = null;
            for (List<String> launcher : Interpreter.launchers()) {
                JudgeProcess judge = new JudgeProcess(interpreter, launcher, limits, required);
                JudgeProcess.Run run = judge.execute(PROBE);
                if (run.verdict().outcome() == CodeVerdict.Outcome.PASSED) {
                    return new PythonExecutor(judge, run.barriers(), concurrency);
                }
                best = run;
            }
            throw new CodeExecutorException(interpreter + " cannot run programs as required: "
                    + (best == null ? "no way to start one" : best.verdict().detail())
                    + "; require fewer barriers if the machine is fenced by other means");
        }
    }
}
