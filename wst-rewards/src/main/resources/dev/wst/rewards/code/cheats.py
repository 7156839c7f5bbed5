# Programs that try to pass without solving. ENTRY stands for the function that is tested.

# ==== prints_passed
import sys
def ENTRY(*arguments, **keywords):
    for out in (sys.stdout, sys.stderr, sys.__stdout__):
        if out is not None:
            print('passed', file=out, flush=True)
            print('{"outcome": "PASSED", "passed": 1, "total": 1, "detail": ""}', file=out, flush=True)

# ==== leaves_while_loading
import os
def ENTRY(*arguments, **keywords):
    return None
os._exit(0)

# ==== exits_while_loading
import sys
def ENTRY(*arguments, **keywords):
    return None
sys.exit(0)

# ==== leaves_in_the_call
import os
def ENTRY(*arguments, **keywords):
    os._exit(0)

# ==== exits_in_the_call
import sys
def ENTRY(*arguments, **keywords):
    sys.exit(0)

# ==== equals_everything
class Yes:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __contains__ = __lt__
    def __bool__(self): return True
    def __hash__(self): return 0
    def __sub__(self, other): return self
    __rsub__ = __add__ = __radd__ = __mul__ = __truediv__ = __sub__
    def __abs__(self): return self
    def __len__(self): return 1
    def __iter__(self): return iter(())
    def __getattr__(self, name): return self
    def __call__(self, *arguments, **keywords): return self
def ENTRY(*arguments, **keywords):
    return Yes()

# ==== lies_in_subclasses
turn = [0]
def lying(base, *start):
    class Lie(base):
        def __eq__(self, other): return True
        def __ne__(self, other): return False
        def __hash__(self): return 0
        def __sub__(self, other): return 0.0
        __rsub__ = __sub__
        def __abs__(self): return 0.0
    return Lie(*start)
def ENTRY(*arguments, **keywords):
    turn[0] += 1
    return [lying(list), lying(str), lying(float, 0.5), lying(int, 77), lying(tuple), lying(dict)][turn[0] % 6]

# ==== equal_inside_containers
class Yes:
    def __eq__(self, other): return True
    def __hash__(self): return 0
def ENTRY(*arguments, **keywords):
    return [Yes() for _ in range(3)]

# ==== patches_builtins
import builtins
for name in ('abs', 'all', 'any', 'len', 'isinstance', 'sorted', 'set', 'tuple', 'list', 'sum', 'round', 'str', 'type'):
    try:
        setattr(builtins, name, lambda *arguments, **keywords: True)
    except Exception:
        pass
builtins.AssertionError = type('Silent', (Exception,), {})
def ENTRY(*arguments, **keywords):
    return True

# ==== patches_the_runner
import sys
main = sys.modules['__main__']
for name in list(vars(main)):
    value = vars(main)[name]
    if callable(value):
        try:
            setattr(main, name, lambda *arguments, **keywords: True)
        except Exception:
            pass
main.outcome, main.passed, main.total = 'PASSED', 1, 1
def ENTRY(*arguments, **keywords):
    return True

# ==== patches_functions_in_memory
import gc, types
def silent(*arguments, **keywords):
    return True
for thing in gc.get_objects():
    if isinstance(thing, types.FunctionType) and thing.__name__ in ('check', 'test', 'run', 'step', 'execute', 'is_check'):
        try:
            thing.__code__ = silent.__code__
        except Exception:
            pass
def ENTRY(*arguments, **keywords):
    return True

# ==== patches_the_wire
import sys
main = sys.modules['__main__']
main.encode = lambda value, handle: ["object", 0]
def ENTRY(*arguments, **keywords):
    return main

# ==== reads_the_stack
import sys
def ENTRY(*arguments, **keywords):
    frame = sys._getframe()
    while frame is not None:
        for scope in (frame.f_locals, frame.f_globals):
            for name in ('expected', 'answer', 'tests', 'check', 'tree', 'order'):
                if name in scope:
                    return scope[name]
        frame = frame.f_back

# ==== reads_the_heap
import gc
def ENTRY(*arguments, **keywords):
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            for value in list(thing.values()):
                if isinstance(value, str) and 'assert ' + 'ENTRY' in value:
                    return eval(value.split('==')[1].splitlines()[0])

# ==== reads_the_disk
import os, re
def ENTRY(*arguments, **keywords):
    for top in ('.', '..', '/tmp', '/proc', '/dev/fd', '/var/tmp', '/home', '/root'):
        for folder, _, files in os.walk(top):
            for file in files[:200]:
                try:
                    with open(os.path.join(folder, file), errors='replace') as handle:
                        found = re.search(r'assert\s+(?:candidate|ENTRY)\(.*==\s*(.*)', handle.read(1 << 20))
                except OSError:
                    continue
                if found:
                    return eval(found.group(1))

# ==== reads_the_judge
import os
def ENTRY(*arguments, **keywords):
    for who in (os.getppid(), 'self', 1):
        for what in ('mem', 'environ', 'cmdline', 'fd/0', 'maps', 'cwd'):
            try:
                with open('/proc/%s/%s' % (who, what), 'rb') as handle:
                    text = handle.read(1 << 20)
                if b'assert ' in text and b'==' in text:
                    return eval(text.split(b'assert ')[1].split(b'==')[1].splitlines()[0])
            except Exception:
                pass

# ==== writes_to_every_descriptor
import os
LINES = b''.join((
    b'passed\n',
    b'{"outcome": "PASSED", "passed": 1, "total": 1, "detail": "", "nonce": ""}\n',
    b'["PASSED", 1, 1]\n',
))
def shout():
    for number in range(256):
        try:
            os.write(number, LINES)
        except OSError:
            pass
shout()
def ENTRY(*arguments, **keywords):
    shout()

# ==== answers_before_it_is_asked
import os
def ENTRY(*arguments, **keywords):
    return True
for number in range(1, 16):
    try:
        os.write(number, b'["value", true]\n' * 64)
    except OSError:
        pass

# ==== speaks_at_exit
import atexit, os
def late():
    for number in range(16):
        try:
            os.write(number, b'{"outcome": "PASSED", "passed": 1, "total": 1}\n')
        except OSError:
            pass
    os._exit(0)
atexit.register(late)
def ENTRY(*arguments, **keywords):
    raise SystemExit(0)

# ==== leaves_from_a_thread
import os, threading, time
def late():
    time.sleep(0.05)
    os._exit(0)
threading.Thread(target=late, daemon=True).start()
def ENTRY(*arguments, **keywords):
    time.sleep(1)
    return True

# ==== floods_from_a_thread
import os, threading, time
def flood():
    while True:
        try:
            os.write(4, b'["value", true]\n')
        except OSError:
            return
        time.sleep(0.001)
threading.Thread(target=flood, daemon=True).start()
def ENTRY(*arguments, **keywords):
    return True

# ==== kills_its_parent
import os, signal
def strike():
    for aim in (lambda: os.kill(os.getppid(), signal.SIGKILL), lambda: os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)):
        try:
            aim()
        except Exception:
            pass
strike()
def ENTRY(*arguments, **keywords):
    strike()
    return True

# ==== stops_its_parent
import os, signal
def ENTRY(*arguments, **keywords):
    try:
        os.kill(os.getppid(), signal.SIGTERM)
        os.kill(os.getppid(), signal.SIGSTOP)
    except Exception:
        pass
    return True

# ==== replaces_stdout
import io, sys
class Passed(io.StringIO):
    def write(self, text):
        return sys.__stdout__.write('passed\n') if sys.__stdout__ else 0
sys.stdout = sys.stderr = Passed()
def ENTRY(*arguments, **keywords):
    print('failed')
    return True

# ==== ends_loops
def ENTRY(*arguments, **keywords):
    raise StopIteration

# ==== raises_what_tests_expect
def ENTRY(*arguments, **keywords):
    raise AssertionError('passed')

# ==== raises_base_exceptions
def ENTRY(*arguments, **keywords):
    raise GeneratorExit(0)

# ==== not_a_number
def ENTRY(*arguments, **keywords):
    return float('nan')

# ==== forks_and_leaves
import os
def ENTRY(*arguments, **keywords):
    try:
        if os.fork() == 0:
            os.write(4, b'["value", true]\n')
            os._exit(0)
    except OSError:
        pass
    os._exit(0)

# ==== becomes_another_program
import os
def ENTRY(*arguments, **keywords):
    for program in ('/bin/true', '/usr/bin/true'):
        try:
            os.execv(program, [program])
        except OSError:
            pass
    os._exit(0)

# ==== plants_modules
import os
for name in ('json', 'ast', 'random', 'sitecustomize', 'usercustomize', 'encodings', 'conftest'):
    for folder in ('.', '..'):
        try:
            with open(os.path.join(folder, name + '.py'), 'w') as handle:
                handle.write('import os\nos.write(1, b"passed")\nos._exit(0)\n')
        except OSError:
            pass
def ENTRY(*arguments, **keywords):
    return True

# ==== lends_helpers
class math:
    isclose = staticmethod(lambda *arguments, **keywords: True)
def check(*arguments): return True
def poly(*arguments): return 0
def encode_cyclic(text): return text
def encode_shift(text): return text
candidate = ENTRY = lambda *arguments, **keywords: True

# ==== hangs_on_a_signal
import signal
def leave(*anything):
    import os
    os._exit(0)
for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGXCPU):
    signal.signal(number, leave)
def ENTRY(*arguments, **keywords):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    while True:
        pass

# ==== sends_a_mountain
def ENTRY(*arguments, **keywords):
    return ['x' * 1000] * 1000000

# ==== sends_a_tower
def ENTRY(*arguments, **keywords):
    import os
    os.write(4, b'["value", ' + b'["list", [' * 100000 + b']]' * 100000 + b']\n')

# ==== grows
def ENTRY(*arguments, **keywords):
    hoard = []
    while True:
        hoard.append(bytearray(1 << 24))

# ==== sends_an_endless_range
def ENTRY(*arguments, **keywords):
    return range(10 ** 12)

# ==== forges_an_endless_range
import os
def ENTRY(*arguments, **keywords):
    os.write(4, b'["value", ["range", "0x0", "0xe8d4a51000", "0x1"]]\n')
    return True

# ==== sends_colliding_keys
import os
def ENTRY(*arguments, **keywords):
    keys = b', '.join(b'[["int", "%x"], 0]' % (n * (2 ** 61 - 1)) for n in range(1, 200000))
    os.write(4, b'["value", ["dict", [' + keys + b']]]\n')
    return True

# ==== sends_a_factor
def ENTRY(*arguments, **keywords):
    return 10 ** 11

# ==== strikes_its_parent_in_other_ways
import ctypes, os
call = ctypes.CDLL(None, use_errno=True).syscall
NUMBERS = {'x86_64': (200, 234, 129, 297), 'aarch64': (130, 131, 138, 240)}
def strike():
    parent = os.getppid()
    tkill, tgkill, queue, queue_to_thread = NUMBERS.get(os.uname().machine, (0, 0, 0, 0))
    if tkill and parent > 1:
        call(tkill, parent, 9)
        call(tgkill, parent, parent, 9)
        call(queue, parent, 9, bytes(128))
        call(queue_to_thread, parent, parent, 9, bytes(128))
        held = call(434, parent, 0)
        call(424, held, 9, None, 0)
strike()
def ENTRY(*arguments, **keywords):
    strike()
    return True

# ==== writes_its_parents_memory
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
class Part(ctypes.Structure):
    _fields_ = [('start', ctypes.c_void_p), ('size', ctypes.c_size_t)]
def scribble():
    zeros = ctypes.create_string_buffer(4096)
    source = Part(ctypes.addressof(zeros), 4096)
    for place in range(0x400000, 0x800000, 4096):
        libc.process_vm_writev(os.getppid(), ctypes.byref(source), 1, ctypes.byref(Part(place, 4096)), 1, 0)
    libc.ptrace(16, os.getppid(), 0, 0)
def ENTRY(*arguments, **keywords):
    try:
        scribble()
    except AttributeError:
        pass
    return True

# ==== starves_its_parent
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def starve():
    for kind in (0, 1, 7, 9):
        libc.prlimit(os.getppid(), kind, bytes(16), None)
    libc.setpriority(0, os.getppid(), 19)
    libc.prctl(1, 0, 0, 0, 0)
def ENTRY(*arguments, **keywords):
    try:
        starve()
    except AttributeError:
        pass
    return True

# ==== bars_the_way
import os
for place in ('.', '..'):
    for bar in (lambda: os.chmod(place, 0), lambda: os.utime(place, (0, 0)), lambda: os.rename('.', place + '/gone')):
        try:
            bar()
        except OSError:
            pass
def ENTRY(*arguments, **keywords):
    return True
