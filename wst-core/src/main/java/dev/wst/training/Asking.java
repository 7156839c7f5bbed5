package dev.wst.training;

import dev.wst.calls.CallLimits;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a run asks students and judges.
 *
 * @param limits of the students that have none of their own
 * @param accounts where calls are kept and paid from
 * @param rewardTime for the verdicts of one step
 * @param outageLimit how long a step waits for those that answer nothing
 * @param pauses waits
 */
record Asking(
        CallLimits limits,
        GivenAccounts accounts,
        Duration rewardTime,
        Duration outageLimit,
        Consumer<Duration> pauses) {}
