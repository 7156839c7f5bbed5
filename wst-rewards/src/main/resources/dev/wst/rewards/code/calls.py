# The calls of the kernel that a Python needs to compute, and the filter that refuses every other one: those that change
# what others see (permissions, times, attributes, locks, signals, sockets, shared memory) as well as those that no list
# could name because a later kernel brings them.

import os
import struct

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
EPERM, ENOSYS = 1, 38

# Numbers on x86-64 and on arm64, from the kernel's arch/x86/entry/syscalls/syscall_64.tbl and
# include/uapi/asm-generic/unistd.h. None: that machine has no such call; there libc makes do with a newer one.
COMPUTING = {
    # memory. It may be executable: extension modules are loaded so, callbacks of ctypes made so, and machine code can ask
    # the kernel for no more than Python code can. It may be shared: with whom, the opening of files decides.
    "brk": (12, 214),
    "mmap": (9, 222),
    "munmap": (11, 215),
    "mprotect": (10, 226),
    "mremap": (25, 216),
    "madvise": (28, 233),
    # threads, which clone starts
    "clone": (56, 220),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "set_tid_address": (218, 96),
    "rseq": (334, 293),
    "membarrier": (324, 283),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "getcpu": (309, 168),
    "prctl": (157, 167),
    "exit": (60, 93),
    "exit_group": (231, 94),
    # time and chance
    "time": (201, None),
    "gettimeofday": (96, 169),
    "clock_gettime": (228, 113),
    "clock_getres": (229, 114),
    "clock_nanosleep": (230, 115),
    "nanosleep": (35, 101),
    "times": (100, 153),
    "getrandom": (318, 278),
    # signals that a process sends to itself by a timer or by a fault; none is sent by a call
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "rt_sigpending": (127, 136),
    "rt_sigtimedwait": (128, 137),
    "rt_sigsuspend": (130, 133),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "pause": (34, None),
    "alarm": (37, None),
    "getitimer": (36, 102),
    "setitimer": (38, 103),
    # what is open already
    "read": (0, 63),
    "write": (1, 64),
    "readv": (19, 65),
    "writev": (20, 66),
    "pread64": (17, 67),
    "pwrite64": (18, 68),
    "preadv": (295, 69),
    "pwritev": (296, 70),
    "preadv2": (327, 286),
    "pwritev2": (328, 287),
    "lseek": (8, 62),
    "close": (3, 57),
    "dup": (32, 23),
    "dup2": (33, None),
    "dup3": (292, 24),
    "fcntl": (72, 25),
    "ioctl": (16, 29),
    "pipe": (22, None),
    "pipe2": (293, 59),
    "poll": (7, None),
    "ppoll": (271, 73),
    "select": (23, None),
    "pselect6": (270, 72),
    "epoll_create": (213, None),
    "epoll_create1": (291, 20),
    "epoll_ctl": (233, 21),
    "epoll_wait": (232, None),
    "epoll_pwait": (281, 22),
    # opening and looking at files
    "open": (2, None),
    "openat": (257, 56),
    "stat": (4, None),
    "lstat": (6, None),
    "fstat": (5, 80),
    "newfstatat": (262, 79),
    "statx": (332, 291),
    "access": (21, None),
    "faccessat": (269, 48),
    "faccessat2": (439, 439),
    "readlink": (89, None),
    "readlinkat": (267, 78),
    "getdents64": (217, 61),
    "getcwd": (79, 17),
    "chdir": (80, 49),
    "fchdir": (81, 50),
    # who and where it is
    "getpid": (39, 172),
    "getppid": (110, 173),
    "gettid": (186, 178),
    "getuid": (102, 174),
    "geteuid": (107, 175),
    "getgid": (104, 176),
    "getegid": (108, 177),
    "getresuid": (118, 148),
    "getresgid": (120, 150),
    "getgroups": (115, 158),
    "uname": (63, 160),
    "sysinfo": (99, 179),
    "getrusage": (98, 165),
    "getrlimit": (97, 163),
    "prlimit64": (302, 261),
}

# What also makes and removes files. These take paths, which a filter cannot read, so they are allowed only where another
# barrier keeps them within the scratch directory.
WRITING = {
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "ftruncate": (77, 46),
    "fsync": (74, 82),
    "fdatasync": (75, 83),
    "msync": (26, 227),
}

# From this number on every machine counts alike, and each libc that runs on the kernels before it has another way where
# these calls are missing. So they are missing here, and nothing fails that worked on such a kernel.
SINCE_2019 = 424
X32 = 0x40000000  # the second table of x86-64
WORD = 0xFFFFFFFF

# The flags of a new thread, of the GNU libc and of musl. Any others would start a process or a namespace.
THREAD = (0x3D0F00, 0x7D0F00)
DUPLICATE_AND_FLAGS = (0, 1, 2, 3, 4, 1030)  # F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC
# FIONCLEX, FIOCLEX, FIONBIO, FIONREAD, TIOCGWINSZ, TCGETS, TCGETS2: flags of a descriptor, and whether it is a terminal
DESCRIPTOR_REQUESTS = (0x5450, 0x5451, 0x5421, 0x541B, 0x5413, 0x5401, 0x802C542A)
NAMES = (15, 16, 0x53564D41)  # PR_SET_NAME, PR_GET_NAME, PR_SET_VMA
OWN_BARRIERS = (0, 8, 16)  # MEMBARRIER_CMD_QUERY and the two that reach the threads of this process only
MAKES_A_FILE = os.O_CREAT | 0o20000000  # or one without a name
SPECIAL_BITS = 0o7000  # set-user-id, set-group-id, sticky

LOAD, AND, EQUAL, AT_LEAST, RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
REFUSE, MISSING, ALLOW = 0x00050000 | EPERM, 0x00050000 | ENOSYS, 0x7FFF0000


def step(code, value, yes=0, no=0):
    return struct.pack("HBBI", code, yes, no, value)


def low(argument):
    return 16 + 8 * argument  # both machines are little-endian


def among(argument, values, mask=WORD):
    """Goes on if the masked low word of an argument is one of these values, and refuses the call otherwise."""
    tests = [step(EQUAL, value, len(values) - place) for place, value in enumerate(values)]
    return [step(LOAD, low(argument)), step(AND, mask), *tests, step(RETURN, REFUSE)]


def null(argument):
    """Goes on if an argument is the null pointer."""
    high = [step(LOAD, low(argument) + 4), step(EQUAL, 0, 1), step(RETURN, REFUSE)]
    return among(argument, (0,)) + high


def opening(argument, writing):
    """The rule for the flags of an open, which the permissions of a new file follow."""
    if not writing:
        return among(argument, (0,), os.O_ACCMODE | os.O_TRUNC | MAKES_A_FILE)
    # The fourth way of access, and truncating without write access, are left out: Landlock lets them pass before Linux 6.2.
    ways = [os.O_RDONLY, *(way | cut for way in (os.O_WRONLY, os.O_RDWR) for cut in (0, os.O_TRUNC))]
    plain = among(argument + 1, (0,), SPECIAL_BITS)
    new = [step(LOAD, low(argument)), step(AND, MAKES_A_FILE), step(EQUAL, 0, len(plain))]  # else it has no permissions
    return among(argument, ways, os.O_ACCMODE | os.O_TRUNC) + new + plain


def rules(writing):
    """What must hold of the arguments of some calls."""
    return {
        "clone": among(0, THREAD),
        "prctl": among(0, NAMES),
        "membarrier": among(0, OWN_BARRIERS),
        "fcntl": among(1, DUPLICATE_AND_FLAGS),
        "ioctl": among(1, DESCRIPTOR_REQUESTS),
        "open": opening(1, writing),
        "openat": opening(2, writing),
        "prlimit64": among(0, (0,)) + null(2),  # its own limits, to read
    }


def allowed(machine, writing):
    """The numbers of the calls on the list, by name."""
    place = list(AUDIT_ARCH).index(machine)
    calls = {**COMPUTING, **(WRITING if writing else {})}
    return {name: numbers[place] for name, numbers in calls.items() if numbers[place] is not None}


def call_filter(machine, writing):
    """The filter for seccomp as the kernel reads it, with files to be written or not."""
    program = [
        step(LOAD, 4),  # the architecture: the numbers below are of this one
        step(EQUAL, AUDIT_ARCH[machine], 1),
        step(RETURN, REFUSE),
        step(LOAD, 0),  # the number of the call
        step(AT_LEAST, X32, 0, 1),
        step(RETURN, REFUSE),
    ]
    for name, number in allowed(machine, writing).items():
        rule = [*rules(writing).get(name, []), step(RETURN, ALLOW)]
        program += [step(EQUAL, number, 0, len(rule)), *rule]
    program += [step(AT_LEAST, SINCE_2019, 0, 1), step(RETURN, MISSING), step(RETURN, REFUSE)]
    return b"".join(program)
