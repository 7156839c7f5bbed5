package dev.wst.rewards.guard;

/** What a {@link GuardedReward} does when a guard has found something. In every case the finding is a reward part. */
public enum Policy {
    /** The reward stays as it is. For measuring, and for guards that are not certain. */
    LOG,
    /** The penalty is taken off the reward: a right answer by a leak ends at 0 with the default of 1, a wrong one below. */
    PENALISE,
    /** The rollout has no verdict and leaves the batch, with the evidence as the reason. */
    UNSCORE
}
