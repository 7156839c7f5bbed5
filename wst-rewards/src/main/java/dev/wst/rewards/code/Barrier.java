package dev.wst.rewards.code;

/** A protection that stands between a candidate program and the machine. Which ones are in force depends on the platform. */
public enum Barrier {
    /** CPU time, memory, size of a file, number of open files (setrlimit). */
    RESOURCE_LIMITS,
    /** The process that holds the tests can be neither traced nor read (not dumpable; the candidate has no capabilities). */
    JUDGE_HIDDEN,
    /**
     * Only the calls of the kernel that a Python needs to compute (a seccomp filter, on x86-64 and arm64). Without it a
     * program can change permissions, times and attributes of your files, lock them, and leave shared memory behind. Where
     * {@link #FILES_CONFINED} is missing no file at all can be written.
     */
    CALLS_LISTED,
    /** No sockets (a network namespace or a seccomp filter). */
    NO_NETWORK,
    /**
     * No further processes: a seccomp filter, which allows threads, or where there is none a limit of no processes
     * (setrlimit), which counts threads on Linux and does not hold for the superuser.
     */
    NO_PROCESSES,
    /** Only Python's own files can be read and only the scratch directory written (Landlock, Linux 5.13 and later). */
    FILES_CONFINED,
    /**
     * What lies outside of Python's own files and the scratch directory cannot be asked about: neither names nor sizes nor
     * owners, nor anything under {@code /proc} (a root directory of its own, in a mount namespace).
     */
    FILES_UNSEEN,
    /** A process tree of its own, which sees no other process and dies as a whole (a PID namespace). */
    OWN_PROCESS_TREE,
    /** The scratch directory is a file system in memory with a quota (a mount namespace). */
    SCRATCH_QUOTA
}
