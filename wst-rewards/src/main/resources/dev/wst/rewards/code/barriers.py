# What the cell gives up before it reads the candidate. Each barrier that could be put up is named; none is assumed.

import ctypes
import errno
import platform
import resource
import signal
import struct
import sysconfig

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38
MS_NOSUID, MS_NODEV, MS_BIND, MS_REC, MNT_DETACH = 2, 4, 0x1000, 0x4000, 2
NULL = "/dev/null"

libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def prctl(option, *arguments):
    padded = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]]
    return libc is not None and libc.prctl(option, *padded) == 0


def limit(kind, value):
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def limits(want):
    """CPU, memory, size of a file, open files, core dumps."""
    try:
        limit(resource.RLIMIT_CPU, want["cpu_seconds"])
        limit(resource.RLIMIT_AS, want["memory_bytes"])
        limit(resource.RLIMIT_FSIZE, want["scratch_bytes"])
        limit(resource.RLIMIT_NOFILE, 64)
        limit(resource.RLIMIT_CORE, 0)
        return True
    except (OSError, ValueError):
        return False  # not every system takes every limit


def memory_file_system(path, size):
    """A file system in memory over a directory: a quota, and gone with the process."""
    options = b"size=%d,nr_inodes=1024,mode=700" % size
    return libc is not None and libc.mount(b"scratch", os.fsencode(path), b"tmpfs", MS_NOSUID | MS_NODEV, options) == 0


def readable():
    """Where Python's own files are."""
    return [sys.base_prefix, *sysconfig.get_paths().values(), "/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo"]


def root_of_its_own(scratch, size):
    """A root directory that holds Python's own files and the scratch directory, each where it was, and nothing else: of what
    is not there neither names nor sizes can be asked for."""
    root = os.path.dirname(scratch)
    if not memory_file_system(root, size):
        return False
    try:
        os.makedirs(root + scratch)
        places = {*readable(), *map(os.path.realpath, readable()), NULL}
        for path in sorted(places, key=len):  # what holds others comes before them
            show(path, root)
        os.chroot(root)
        return True
    except OSError:
        libc.umount2(os.fsencode(root), MNT_DETACH)
        return False


def show(path, root):
    """Shows a path under a new root too, unless it is there already, or nowhere."""
    place = root + os.path.abspath(path)
    if os.path.exists(place) or not os.path.exists(path):
        return
    if os.path.isdir(path):
        os.makedirs(place)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        os.close(os.open(place, os.O_CREAT, 0o600))
    if libc.mount(os.fsencode(path), os.fsencode(place), None, MS_BIND | MS_REC, None) != 0:
        raise OSError(path)


def no_capabilities():
    for capability in range(64):
        prctl(PR_CAPBSET_DROP, capability)
    header = struct.pack("Ii", 0x20080522, 0)
    return libc.capset(header, bytes(24)) == 0


def files(writable):
    """Landlock (Linux 5.13): Python's own files can be read, the scratch directory used, nothing else opened."""
    abi = libc.syscall(444, None, 0, 1)
    if abi < 1:
        return False
    read, all_rights = 0b1100, (1 << (13 + min(abi - 1, 2) + (abi >= 5))) - 1
    handled = struct.pack("QQQ", all_rights, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    ruleset = libc.syscall(444, handled, 8 if abi < 4 else 16 if abi < 6 else 24, 0)
    if ruleset < 0:
        return False
    for path, rights in [*((p, read) for p in readable()), (writable, all_rights), (NULL, 0b110)]:
        allow(ruleset, path, rights)
    return libc.syscall(446, ruleset, 0) == 0


def allow(ruleset, path, rights):
    try:
        place = os.open(path, os.O_PATH)
    except OSError:
        return
    if not os.path.isdir(path):
        rights &= 0b111
    libc.syscall(445, ruleset, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)


def only_listed_calls(writing):
    """A seccomp filter that leaves the calls of the list; those that write files where that is confined."""
    machine = platform.machine()
    if machine not in AUDIT_ARCH:
        return False
    program = call_filter(machine, writing)
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    held = ctypes.create_string_buffer(header)
    return prctl(PR_SET_SECCOMP, 2, ctypes.addressof(held))


def no_forks():
    """A limit of no processes, for where there is no filter. The superuser is above it, so it is tried out."""
    try:
        limit(resource.RLIMIT_NPROC, 0)
        child = os.fork()
    except OSError as failure:
        return failure.errno == errno.EAGAIN
    except (AttributeError, ValueError):
        return False  # not every system has this limit
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return False


def network_is_cut():
    """Whether this process has no network interface that is up: a namespace of its own."""
    try:
        with open("/proc/net/dev") as devices:
            return [line.split(":")[0].strip() for line in devices][2:] in ([], ["lo"])
    except OSError:
        return False


def raise_barriers(want):
    """Puts up what this platform has and returns the names of what is up."""
    up = []
    try:
        os.setsid()
    except OSError:
        pass  # it leads a session already
    cut, alone = network_is_cut() and want["namespaces"], os.getpid() == 1
    if want["namespaces"] and root_of_its_own(want["scratch"], want["scratch_bytes"]):
        up.append("FILES_UNSEEN")
    if want["namespaces"] and memory_file_system(want["scratch"], want["scratch_bytes"]):
        up.append("SCRATCH_QUOTA")
    os.chdir(want["scratch"])
    if limits(want):
        up.append("RESOURCE_LIMITS")
    if libc is None:
        return [*up, "NO_PROCESSES"] if no_forks() else up
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    locked = prctl(PR_SET_NO_NEW_PRIVS, 1) and no_capabilities()
    confined = locked and files(want["scratch"])
    filtered = locked and only_listed_calls(confined)
    if confined:
        up.append("FILES_CONFINED")
    if filtered:
        up.append("CALLS_LISTED")
    if filtered or cut:
        up.append("NO_NETWORK")
    if filtered or no_forks():
        up.append("NO_PROCESSES")
    if locked and want["judge_hidden"]:
        up.append("JUDGE_HIDDEN")
    if alone:
        up.append("OWN_PROCESS_TREE")
    return up
