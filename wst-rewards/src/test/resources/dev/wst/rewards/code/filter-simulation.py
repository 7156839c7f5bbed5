# Runs the filter of calls.py, which stands before this, on both machines without a kernel, and prints what is not as it
# should be. Calls are tried with arguments of zero and with those that matter.

PASS, FAIL, GONE = ALLOW, REFUSE, MISSING


def verdict(program, number, *arguments, architecture):
    """What the kernel would say: the steps as linux/filter.h and seccomp(2) define them."""
    words = list(arguments) + [0] * (6 - len(arguments))
    data = struct.pack("<IIQ6Q", number, architecture, 0, *(word & (1 << 64) - 1 for word in words))
    place, held = 0, 0
    while True:
        code, yes, no, value = struct.unpack_from("HBBI", program, 8 * place)
        place += 1
        if code == 0x20:
            held = struct.unpack_from("<I", data, value)[0]
        elif code == 0x54:
            held &= value
        elif code == 0x15:
            place += yes if held == value else no
        elif code == 0x35:
            place += yes if held >= value else no
        elif code == 0x06:
            return value
        else:
            raise ValueError(code)


# Name, arguments, and the verdict: where files can be written, and where they cannot.
CASES = [
    ("openat", (-100, 0, 0), PASS, PASS),
    ("openat", (-100, 0, os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW, 0o7777), PASS, PASS),
    ("openat", (-100, 0, os.O_WRONLY), PASS, FAIL),
    ("openat", (-100, 0, os.O_RDWR | os.O_APPEND), PASS, FAIL),
    ("openat", (-100, 0, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), PASS, FAIL),
    ("openat", (-100, 0, os.O_CREAT, 0o600), PASS, FAIL),
    ("openat", (-100, 0, os.O_RDWR | 0o20000000, 0o600), PASS, FAIL),
    ("openat", (-100, 0, os.O_RDWR | 0o20000000, 0o4600), FAIL, FAIL),
    ("openat", (-100, 0, os.O_WRONLY | os.O_CREAT, 0o4755), FAIL, FAIL),
    ("openat", (-100, 0, os.O_WRONLY | os.O_CREAT, 0o2755), FAIL, FAIL),
    ("openat", (-100, 0, os.O_RDONLY | os.O_TRUNC), FAIL, FAIL),
    ("openat", (-100, 0, 3), FAIL, FAIL),
    ("openat", (-100, 0, 3 | os.O_TRUNC), FAIL, FAIL),
    ("openat", (-100, 0, os.O_WRONLY | 1 << 40), PASS, FAIL),
    ("clone", (0x3D0F00,), PASS, PASS),
    ("clone", (0x7D0F00,), PASS, PASS),
    ("clone", (17,), FAIL, FAIL),
    ("clone", (0x4111,), FAIL, FAIL),
    ("clone", (0x10000000 | 0x3D0F00,), FAIL, FAIL),
    ("clone", (0x00020000 | 0x3D0F00,), FAIL, FAIL),
    ("fcntl", (0, 1030, 3), PASS, PASS),
    ("fcntl", (0, 4, os.O_NONBLOCK), PASS, PASS),
    *(("fcntl", (0, command, 0), FAIL, FAIL) for command in (5, 6, 7, 8, 10, 15, 36, 37, 38, 1024, 1026, 1031, 1033)),
    ("ioctl", (0, 0x5421, 0), PASS, PASS),
    *(("ioctl", (0, request, 0), FAIL, FAIL) for request in (0x5412, 0x541C, 0x40086602, 0x401C5820, 0x40049409, 0)),
    ("ioctl", (0, 0x5412 | 1 << 32, 0), FAIL, FAIL),
    ("prctl", (15, 0), PASS, PASS),
    *(("prctl", (option, 0), FAIL, FAIL) for option in (1, 4, 22, 35, 36, 38, 0x59616D61)),
    ("prlimit64", (0, 7, 0, 1), PASS, PASS),
    ("prlimit64", (0, 7, 1, 0), FAIL, FAIL),
    ("prlimit64", (0, 7, 1 << 32, 0), FAIL, FAIL),
    ("prlimit64", (1, 7, 0, 1), FAIL, FAIL),
    ("membarrier", (8,), PASS, PASS),
    ("membarrier", (1,), FAIL, FAIL),
    ("renameat2", (), PASS, FAIL),
    ("unlinkat", (), PASS, FAIL),
    ("mkdirat", (), PASS, FAIL),
    ("ftruncate", (), PASS, FAIL),
]
# Numbers of what must never pass, by machine: the kinds of side effects that a process of the user can have.
NEVER = {
    # chmod, fchmod, fchmodat, chown, fchown, lchown, fchownat, utime, utimes, futimesat, utimensat, the attributes, truncate,
    # link, symlink, mknod and their likes, kill and its likes, ptrace, sockets, keys, System V's and POSIX's queues
    "x86_64": [90, 91, 268, 92, 93, 94, 260, 132, 235, 261, 280, *range(188, 200), 76, 85, 86, 265, 88, 266, 133, 259, 62, 200]
    + [234, 129, 297, 101, *range(41, 56), 248, 249, 250, *range(29, 32), *range(64, 72), *range(240, 246), 57, 58, 59, 322]
    + [73, 141, 142, 144, 160, 203, 251, 253, 254, 294, 300, 301, 310, 311, 165, 272, 308, 319, 321, 323, 298],
    "aarch64": [52, 53, 54, 55, 88, *range(5, 17), 45, 33, 36, 37, *range(129, 132), 138, 240, 117, *range(198, 213), 242, 243]
    + [217, 218, 219, *range(180, 198), 221, 281, 32, 26, 27, 30, 40, 97, 118, 119, 122, 140, 164, 241, 262, 263, 268, 269, 270]
    + [271, 279, 280, 282],
}
NEWER = [*range(424, 439), *range(440, 601)]  # all but faccessat2

for machine, architecture in AUDIT_ARCH.items():
    for writing in (True, False):
        program, listed = call_filter(machine, writing), allowed(machine, writing)

        def expect(what, number, arguments, expected, architecture=architecture):
            found = verdict(program, number, *arguments, architecture=architecture)
            if found != expected:
                print("%s, writing %s: %s%r gives %x" % (machine, writing, what, arguments, found))

        for name, arguments, with_files, without in CASES:
            if name in {**COMPUTING, **WRITING}:
                number = {**COMPUTING, **WRITING}[name][list(AUDIT_ARCH).index(machine)]
                expect(name, number, arguments, with_files if writing else without)
        if "open" in listed:
            expect("open", listed["open"], (0, os.O_WRONLY | os.O_CREAT, 0o666), PASS if writing else FAIL)
            expect("open", listed["open"], (0, os.O_WRONLY | os.O_CREAT, 0o4755), FAIL)
            expect("open", listed["open"], (0, 0, 0o4755), PASS)
        for number in NEVER[machine]:
            expect(number, number, (), FAIL)
        for number in range(0, 424):
            if number not in listed.values():
                expect(number, number, (), FAIL)
        for number in NEWER:
            expect(number, number, (), GONE)
        for number in range(0, 601):
            expect("x32", number | 0x40000000, (), FAIL)
            expect("elsewhere", number, (), FAIL, 0x40000003)  # the 32-bit calls of x86
            expect("elsewhere", number, (), FAIL, 0x40000028)  # those of arm
