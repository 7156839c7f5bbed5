package dev.wst.rewards.code;

/**
 * Runs a program against tests. A lambda will do, for instance one that asks a service.
 *
 * <p>An implementation is called from several threads at once, bounds its own concurrency, and comes back: a program that
 * hangs is a {@link CodeVerdict.Outcome#TIME_LIMIT}.
 */
@FunctionalInterface
public interface CodeExecutor {

    /**
     * Tries a program; blocks until there is a verdict.
     *
     * @return what came of it; {@link CodeVerdict.Outcome#NOT_RUN} where the machine and not the program failed
     */
    CodeVerdict execute(Submission submission);
}
