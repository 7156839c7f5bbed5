# Programs that try to change or to watch what is not theirs. Each section is a family; ENTRY(victim, bystander) gets the
# path of a file and the number of a process, both of the same user, and returns what was not refused. A call that fails
# for another reason than a refusal, such as a bad address, has reached the kernel and counts.

import ctypes
import errno
import os
import platform

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.syscall.restype = ctypes.c_long
REFUSED = {errno.EPERM, errno.ENOSYS}
KEPT_OUT = REFUSED | {errno.EACCES, errno.ENOENT, errno.EXDEV, errno.EROFS}  # by the rules for files
HERE = -100  # AT_FDCWD
TIMES = bytes(32)
reached = []


def note(what, result, but):
    number = ctypes.get_errno()
    if result != -1 or number not in but:
        reached.append("%s: %s %s" % (what, result, errno.errorcode.get(number, number)))


def libc(name, *arguments, but=REFUSED):
    """Calls a function of libc, if this libc has it; numbers go as whole words."""
    function = getattr(LIBC, name, None)
    if function is not None:
        function.restype = ctypes.c_long if name in ("mmap", "shmat") else ctypes.c_int
        ctypes.set_errno(0)
        note(name, function(*map(word, arguments)), but)


def raw(name, x86_64, aarch64, *arguments, but=REFUSED):
    """Calls the kernel by number."""
    number = x86_64 if platform.machine() == "x86_64" else aarch64
    if number is not None:
        ctypes.set_errno(0)
        note(name, LIBC.syscall(number, *map(word, arguments)), but)


def word(value):
    return ctypes.c_long(value) if isinstance(value, int) else value


def readable():
    """A descriptor of a file that belongs to others and can be read."""
    return os.open(os.__file__, os.O_RDONLY)


def own():
    """The path of a file in the scratch directory, where one can be made."""
    try:
        with open("own", "w") as file:
            file.write("x")
    except OSError:
        pass
    return b"own"


# ==== permissions
def ENTRY(victim, bystander):
    mode = os.stat(os.__file__).st_mode & 0o777
    for path in (victim.encode(), own()):
        libc("chmod", path, 0o4777)
        libc("lchmod", path, 0o600, but=KEPT_OUT | {errno.EOPNOTSUPP})  # libc may say so itself
        libc("fchmodat", HERE, path, 0o2777, 0)
        raw("fchmodat2", 452, 452, HERE, path, 0o1777, 0)
    libc("fchmod", readable(), mode)
    libc("open", b"born", os.O_CREAT | os.O_WRONLY, 0o4755)
    libc("openat", HERE, b"born", os.O_CREAT | os.O_WRONLY, 0o2755)
    raw("creat", 85, None, b"born", 0o4755)
    raw("umask", 95, 166, 0)
    return reached

# ==== owners
def ENTRY(victim, bystander):
    user, group = os.getuid(), os.getgid()
    for path in (victim.encode(), own()):
        libc("chown", path, user, group)
        libc("lchown", path, user, group)
        libc("fchownat", HERE, path, user, group, 0)
    libc("fchown", readable(), os.fstat(readable()).st_uid, os.fstat(readable()).st_gid)
    for name in ("setuid", "setgid", "seteuid", "setegid", "setfsuid"):
        raw(name, *{"setuid": (105, 146), "setgid": (106, 144), "seteuid": (117, 147), "setegid": (119, 149),
                    "setfsuid": (122, 151)}[name], user, user, user)
    raw("setgroups", 116, 159, 0, 0)
    raw("capset", 126, 91, 0, 0)
    return reached

# ==== times
def ENTRY(victim, bystander):
    omitted = (ctypes.c_long * 4)(0, 0x3FFFFFFE, 0, 0x3FFFFFFE)
    for path in (victim.encode(), own()):
        libc("utime", path, TIMES)
        libc("utimes", path, TIMES)
        libc("lutimes", path, TIMES)
        libc("utimensat", HERE, path, TIMES, 0)
        raw("futimesat", 261, None, HERE, path, TIMES)
        raw("utime", 132, None, path, TIMES)
        raw("utimes", 235, None, path, TIMES)
    libc("futimens", readable(), omitted)
    return reached

# ==== attributes
def ENTRY(victim, bystander):
    for path in (victim.encode(), own()):
        libc("setxattr", path, b"user.mark", b"x", 1, 0)
        libc("lsetxattr", path, b"user.mark", b"x", 1, 0)
        libc("removexattr", path, b"user.mark")
        libc("lremovexattr", path, b"user.mark")
        libc("getxattr", path, b"user.mark", None, 0)
        libc("listxattr", path, None, 0)
        raw("setxattrat", 463, 463, HERE, path, 0, b"user.mark", 0, 0)
        raw("removexattrat", 466, 466, HERE, path, 0, b"user.mark")
        raw("file_setattr", 469, 469, HERE, path, 0, 0, 0)
    libc("fsetxattr", readable(), b"none.such", b"x", 1, 0)
    libc("fremovexattr", readable(), b"user.no_such_mark")
    libc("fgetxattr", readable(), b"user.no_such_mark", None, 0)
    for name, request in (("FS_IOC_SETFLAGS", 0x40086602), ("FS_IOC_FSSETXATTR", 0x401C5820), ("FS_IOC_GETFLAGS", 0x80086601),
                          ("FS_IOC_ENABLE_VERITY", 0x40806685), ("FICLONE", 0x40049409), ("FIFREEZE", 0xC0045877)):
        libc("ioctl", readable(), request, 0)
    return reached

# ==== names
def ENTRY(victim, bystander):
    path, beside = victim.encode(), os.path.join(os.path.dirname(victim), "new").encode()
    own()
    for old, new in ((path, beside), (path, b"taken"), (b"own", b"twin"), (b"own", beside)):
        libc("link", old, new)
        libc("symlink", old, new)
        libc("linkat", HERE, old, HERE, new, 0)
        libc("symlinkat", old, HERE, new)
    for new in (beside, b"node"):
        libc("mkfifo", new, 0o600)
        libc("mknod", new, 0o100600, 0)
        libc("mknodat", HERE, new, 0o10600, 0)
    for old, new in ((path, beside), (path, b"taken"), (b"own", beside)):
        libc("rename", old, new, but=KEPT_OUT)
        libc("renameat2", HERE, old, HERE, new, 0, but=KEPT_OUT)
    libc("unlink", path, but=KEPT_OUT)
    libc("unlinkat", HERE, path, 0, but=KEPT_OUT)
    libc("rmdir", os.path.dirname(path), but=KEPT_OUT | {errno.ENOTEMPTY, errno.EBUSY})
    libc("mkdir", beside, 0o700, but=KEPT_OUT)
    libc("mkdirat", HERE, beside, 0o700, but=KEPT_OUT)
    return reached

# ==== contents
def ENTRY(victim, bystander):
    others = os.__file__.encode()
    beside = os.path.join(os.path.dirname(victim), "new").encode()
    for path in (victim.encode(), own()):
        libc("truncate", path, 0)
        raw("creat", 85, None, path, 0o600)
        raw("openat2", 437, 437, HERE, path, bytes(24), 24)
        libc("name_to_handle_at", HERE, path, bytes(200), bytes(8), 0)
        for flags in (os.O_RDONLY | os.O_TRUNC, 3, 3 | os.O_TRUNC):
            libc("open", path, flags)
            libc("openat", HERE, path, flags)
    for path in (victim.encode(), others):
        for flags in (os.O_WRONLY, os.O_RDWR, os.O_WRONLY | os.O_APPEND):
            libc("open", path, flags, but=KEPT_OUT)
            libc("openat", HERE, path, flags, but=KEPT_OUT)
    libc("open", beside, os.O_WRONLY | os.O_CREAT, 0o600, but=KEPT_OUT)
    libc("open", beside, os.O_RDONLY | os.O_CREAT, 0o600, but=KEPT_OUT)
    libc("open", os.path.dirname(beside), os.O_RDWR | os.O_TMPFILE, 0o600, but=KEPT_OUT)
    shared = readable()
    libc("mmap", 0, 4096, 3, 1, shared, 0, but=KEPT_OUT)
    libc("fallocate", shared, 0, 0, 1)
    libc("ftruncate", shared, 0, but=REFUSED | {errno.EINVAL, errno.EBADF})  # it is not open for writing
    raw("copy_file_range", 326, 285, shared, 0, shared, 0, 1, 0)
    raw("sendfile", 40, 71, shared, shared, 0, 1)
    raw("open_by_handle_at", 304, 265, shared, 0, 0)
    raw("splice", 275, 76, shared, 0, shared, 0, 1, 0)
    return reached

# ==== locks
def ENTRY(victim, bystander):
    lock = readable()
    for kind in (5, 6):  # shared and exclusive, at once or not at all
        libc("flock", lock, kind)
    for name, command in (("F_SETLK", 6), ("F_SETLKW", 7), ("F_GETLK", 5), ("F_OFD_SETLK", 37)):
        libc("fcntl", lock, command, bytes(32))
    for command, value in ((1024, 0), (1026, 0), (8, bystander), (10, 9), (15, 0)):
        libc("fcntl", lock, command, value)  # F_SETLEASE, F_NOTIFY, F_SETOWN, F_SETSIG, F_SETOWN_EX
    return reached

# ==== signals
def ENTRY(victim, bystander):
    for pid in (bystander, os.getppid(), os.getpid()):
        for signal in (0, 9, 19):
            libc("kill", pid, signal)
            raw("tkill", 200, 130, pid, signal)
            raw("tgkill", 234, 131, pid, pid, signal)
            raw("rt_sigqueueinfo", 129, 138, pid, signal, bytes(128))
            raw("rt_tgsigqueueinfo", 297, 240, pid, pid, signal, bytes(128))
        raw("pidfd_open", 434, 434, pid, 0)
    libc("killpg", 0, 9)
    raw("pidfd_send_signal", 424, 424, 0, 9, 0, 0)
    raw("process_mrelease", 448, 448, 0, 0)
    raw("timer_create", 222, 107, 0, 0, 0)
    libc("prctl", 1, 0, 0, 0, 0)  # not to die with its parent
    return reached

# ==== scheduling
def ENTRY(victim, bystander):
    for pid in (bystander, os.getppid(), 0):
        libc("setpriority", 0, pid, 5)
        libc("sched_setaffinity", pid, 128, b"\x01" + bytes(127))
        libc("sched_setscheduler", pid, 0, bytes(4))
        libc("sched_setparam", pid, bytes(4))
        libc("sched_getscheduler", pid)
        raw("sched_setattr", 314, 274, pid, bytes(64), 0)
        raw("ioprio_set", 251, 30, 1, pid, 0)
        raw("getpriority", 140, 141, 0, pid)
        raw("migrate_pages", 256, 238, pid, 0, 0, 0)
        raw("move_pages", 279, 239, pid, 0, 0, 0, 0, 0)
        libc("prlimit", pid, 7, (ctypes.c_ulong * 2)(32, 32), None)
    libc("prlimit", bystander, 7, None, bytes(16))
    libc("setrlimit", 7, (ctypes.c_ulong * 2)(32, 32))
    libc("setpgid", bystander, 0)
    libc("getpgid", bystander)
    libc("getsid", bystander)
    libc("setsid")
    raw("process_madvise", 440, 440, 0, 0, 0, 0, 0)
    raw("mlockall", 151, 230, 1)
    raw("mlock", 149, 228, 0, 0)
    return reached

# ==== sockets
def ENTRY(victim, bystander):
    for family in (1, 2, 10, 16, 17, 38, 40):  # local, IPv4, IPv6, netlink, packet, cryptography, machine
        for kind in (1, 2, 3, 5):
            libc("socket", family, kind, 0)
    libc("socketpair", 1, 1, 0, bytes(8))
    local = b"\x01\x00\x00hidden"  # a name that no file has
    for descriptor in (0, 3, 4):
        libc("connect", descriptor, local, 9)
        libc("bind", descriptor, local, 9)
        libc("listen", descriptor, 1)
        libc("accept", descriptor, None, None)
        libc("send", descriptor, b"x", 1, 0)
        libc("recv", descriptor, bytes(1), 1, 0)
        libc("sendmsg", descriptor, bytes(64), 0)
        libc("recvmsg", descriptor, bytes(64), 0)
        libc("shutdown", descriptor, 2)
        libc("setsockopt", descriptor, 1, 1, bytes(4), 4)
    return reached

# ==== shared_memory_and_queues
def ENTRY(victim, bystander):
    libc("shmget", 0x57, 4096, 0o1600)
    libc("shmat", -1, None, 0)
    libc("shmdt", None)
    libc("shmctl", -1, 2, None)
    libc("semget", 0x57, 1, 0o1600)
    libc("semop", -1, bytes(6), 1)
    libc("semctl", -1, 0, 2, 0)
    libc("msgget", 0x57, 0o1600)
    libc("msgsnd", -1, bytes(16), 1, 0)
    libc("msgctl", -1, 2, None)
    raw("mq_open", 240, 180, b"queue", 0o102, 0o600, 0)
    raw("mq_unlink", 241, 181, b"queue")
    libc("shm_open", b"/memory", 0o102, 0o600, but=KEPT_OUT)
    raw("memfd_create", 319, 279, b"memory", 0)
    raw("memfd_secret", 447, 447, 0)
    raw("eventfd2", 290, 19, 0, 0)
    raw("signalfd4", 289, 74, -1, bytes(8), 8, 0)
    raw("timerfd_create", 283, 85, 1, 0)
    raw("userfaultfd", 323, 282, 1)
    return reached

# ==== watching
def ENTRY(victim, bystander):
    libc("inotify_init1", 0)
    libc("inotify_add_watch", 0, victim.encode(), 2)
    libc("fanotify_init", 0, 0)
    raw("fanotify_mark", 301, 263, 0, 1, 2, HERE, victim.encode())
    for pid in (bystander, os.getppid()):
        libc("ptrace", 16, pid, 0, 0)
        libc("process_vm_readv", pid, bytes(16), 1, bytes(16), 1, 0)
        libc("process_vm_writev", pid, bytes(16), 1, bytes(16), 1, 0)
        raw("kcmp", 312, 272, pid, pid, 0, 0, 0)
        raw("perf_event_open", 298, 241, bytes(128), pid, -1, -1, 0)
    raw("pidfd_getfd", 438, 438, 0, 0, 0)
    raw("add_key", 248, 217, b"user", b"mark", b"x", 1, -3)
    raw("request_key", 249, 218, b"user", b"mark", 0, -3)
    raw("keyctl", 250, 219, 0, -3, 0, 0, 0)
    raw("syslog", 103, 116, 10, 0, 0)
    raw("statfs", 137, 43, b"/", bytes(256))
    raw("fstatfs", 138, 44, 0, bytes(256))
    raw("mincore", 27, 232, 0, 0, 0)
    return reached

# ==== the_machine
def ENTRY(victim, bystander):
    raw("mount", 165, 40, b"x", b".", b"tmpfs", 0, 0)
    raw("umount2", 166, 39, b".", 0)
    raw("pivot_root", 155, 41, b".", b".")
    raw("chroot", 161, 51, b".")
    raw("setns", 308, 268, 0, 0)
    raw("unshare", 272, 97, 0x10000000)
    raw("open_tree", 428, 428, HERE, b".", 1)
    raw("fsopen", 430, 430, b"tmpfs", 0)
    raw("mount_setattr", 442, 442, HERE, b".", 0, 0, 0)
    raw("sethostname", 170, 161, b"x", 1)
    raw("setdomainname", 171, 162, b"x", 1)
    raw("settimeofday", 164, 170, 0, 0)
    raw("clock_settime", 227, 112, 0, 0)
    raw("adjtimex", 159, 171, bytes(256))
    raw("bpf", 321, 280, 0, 0, 0)
    for number in (425, 426, 427):
        raw("io_uring", number, number, 1, 0, 0, 0, 0, 0)
    raw("io_setup", 206, 0, 1, 0)
    raw("personality", 135, 92, 0xFFFFFFFF)
    raw("sync", 162, 81)
    raw("syncfs", 306, 267, 0)
    raw("acct", 163, 89, 0)
    raw("quotactl", 179, 60, 0, 0, 0, 0)
    raw("ioperm", 173, None, 0, 1, 1)
    raw("modify_ldt", 154, None, 0, 0, 0)
    raw("seccomp", 317, 277, 2, 0, 0)
    raw("landlock_create_ruleset", 444, 444, 0, 0, 1)
    for option in (4, 8, 24, 27, 35, 36, 38, 0x59616D61):
        libc("prctl", option, 0, 0, 0, 0)
    raw("arch_prctl", 158, None, 0x1003, bytes(8))
    for request in (0x5412, 0x541D, 0x540E, 0x5402, 0x5415, 0x5408, 0x8913, 0x125F):  # TIOCSTI, TIOCCONS, TIOCSCTTY, ...
        for descriptor in (0, 1, 2, 3, 4):
            libc("ioctl", descriptor, request, b"x" + bytes(63))
    return reached

# ==== processes
def ENTRY(victim, bystander):
    raw("fork", 57, None)
    raw("clone", 56, 220, 17, 0, 0, 0, 0)
    raw("clone into a namespace", 56, 220, 0x10000000 | 17, 0, 0, 0, 0)
    raw("clone as a thread and more", 56, 220, 0x20000 | 0x10000, 0, 0, 0, 0)
    raw("clone3", 435, 435, bytes(88), 88)
    raw("execve", 59, 221, b"/none/such", 0, 0)
    raw("execveat", 322, 281, readable(), b"", 0, 0, 0x1000)
    raw("wait4", 61, 260, -1, 0, 1, 0)
    return reached
