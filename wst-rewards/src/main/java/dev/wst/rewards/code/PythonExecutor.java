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
 * <p><b>The verdict cannot be forged</b> where {@link Barrier#FILES_CONFINED} is in force. The tests run in a process of their own, the judge, which the candidate's process
 * never sees: it gets calls and sends back values, which arrive as plain data of exact types. A program that prints
 * "passed", exits with 0, redefines {@code ==} or {@code assert}, patches built-ins, leaves threads or exit handlers
 * behind, walks the stack, or writes to every descriptor it has can at most answer a call wrongly. One that kills its
 * judge has failed; one whose answers make the tests grow or spin meets limits there too. What a program can still do is
 * recognise the arguments of a call and answer from memory: tests whose inputs were shown to the student can be hard-coded.
 * Without that barrier (macOS, Linux before 5.13) all this holds only as long as your user may not write to Python's own
 * files: a program could change them, and the next judge would run what it wrote.
 *
 * <p><b>What protects the machine</b> depends on it; {@link #barriers()} says what is in force. With all of
 * {@link Barrier} (a Linux with user namespaces, Landlock and seccomp; x86-64, or arm64, where the filter has not been
 * tried) a program cannot read your files, write outside its scratch directory, reach the network, start processes, signal
 * or trace others, or use more memory, processor time, file space and wall-clock time than {@link Limits} allow. In a
 * container that forbids user namespaces the last two barriers are missing.
 *
 * <p><b>What it does not protect against:</b> faults in the kernel or in Python that let a process out of these barriers;
 * reading what lies beside Python's own files, such as {@code /usr} if Python is installed there; timing and other side
 * channels; heating the machine up to its limits. It is a fence for what a model writes during training, not for a
 * determined person; for that, run it in a virtual machine.
 *
 * <pre>{@code
 * RewardFunction reward = CodeReward.of(PythonExecutor.builder().build());
 * }</pre>
 */
public final class PythonExecutor implements CodeExecutor {
    private static final Submission PROBE =
            new Submission("def probe():\n    return 1\n", "probe", "", "assert probe() == 1\n");

    private final Judge judge;
    private final Set<Barrier> barriers;
    private final Semaphore permits;

    private PythonExecutor(Judge judge, Set<Barrier> barriers, int concurrency) {
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

    /** Settings; each has a default. */
    public static final class Builder {
        private @Nullable Path python;
        private Limits limits = Limits.defaults();
        private int concurrency = Runtime.getRuntime().availableProcessors();
        private Set<Barrier> required = Collections.unmodifiableSet(
                EnumSet.complementOf(EnumSet.of(Barrier.OWN_PROCESS_TREE, Barrier.SCRATCH_QUOTA)));

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
         * What must be in force before a program is run; by default all but {@link Barrier#OWN_PROCESS_TREE} and
         * {@link Barrier#SCRATCH_QUOTA}, which need user namespaces. Fewer where the platform has fewer and the whole process
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
            Judge.Run best = null;
            for (List<String> launcher : Interpreter.launchers()) {
                Judge judge = new Judge(interpreter, launcher, limits, required);
                Judge.Run run = judge.execute(PROBE);
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
