# The judge: holds the tests and does every comparison. It starts the cell, hands it the candidate and puts the calls of the
# tests to it. What comes back is plain data, so the worst a candidate can do to a test is to answer it wrongly.

import ast
import ctypes
import math
import random
import resource
import signal

PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 4, 36
PATIENCE = 0.5  # seconds beyond the deadline in which the tests can say themselves that it has passed
ENDS_LOOPS = {"StopIteration", "StopAsyncIteration"}  # all(map(...)) would be cut short by one, and true
MODULES = {"collections", "itertools", "math", "random", "re", "string"}  # before Python 3.10, which has the list
RAISABLE = {
    name: kind
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, Exception) and name not in ENDS_LOOPS
}


class Stop(BaseException):
    """Ends the run; no except clause of a test catches it by accident."""

    def __init__(self, outcome, detail):
        self.outcome, self.detail = outcome, detail


class CandidateError(Exception):
    """The candidate raised something that is no built-in exception."""


class Remote:
    """An object that stays in the cell. It can be called and its attributes used; it is equal to itself only, and it is
    neither true nor false, so a test that needs a value does not take an object for one."""

    __slots__ = ("_cell", "_number")

    def __init__(self, cell, number):
        object.__setattr__(self, "_cell", cell)
        object.__setattr__(self, "_number", number)

    def __call__(self, *arguments, **keywords):
        cell = self._cell
        return cell.ask("call", cell.encode(self), cell.encode(list(arguments)), cell.encode(keywords))

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self._cell.ask("get", self._cell.encode(self), name)

    def __setattr__(self, name, value):
        self._cell.ask("set", self._cell.encode(self), name, self._cell.encode(value))

    def __bool__(self):
        raise TypeError("an object of the candidate is no truth value")


class CellClient:
    """The judge's end of the cell."""

    def __init__(self, order):
        self.order = order
        self.remotes = {}
        self.deadline = time.monotonic() + order["start_seconds"]
        self.pid, self.channel = self.start()

    def start(self):
        to_cell, from_judge = os.pipe()
        to_judge, from_cell = os.pipe()
        for end in (to_cell, from_cell):  # out of the way of 3 and 4, onto which they are put in the cell
            os.set_inheritable(end, False)
        command = [*self.order["launcher"], sys.executable, "-s", "-S", "-B", "-c", self.order["cell"]]
        null = [(os.POSIX_SPAWN_OPEN, n, "/dev/null", os.O_RDWR, 0) for n in (0, 1, 2)]
        high = [(os.POSIX_SPAWN_DUP2, to_cell, 100), (os.POSIX_SPAWN_DUP2, from_cell, 101)]
        low = [(os.POSIX_SPAWN_DUP2, 100, 3), (os.POSIX_SPAWN_DUP2, 101, 4)]
        shut = [(os.POSIX_SPAWN_CLOSE, 100), (os.POSIX_SPAWN_CLOSE, 101)]
        pid = os.posix_spawn(command[0], command, dict(os.environ), file_actions=[*high, *low, *shut, *null])
        os.close(to_cell)
        os.close(from_cell)
        return pid, Channel(to_judge, from_judge, self.order["reply_bytes"])

    def exchange(self, message):
        try:
            self.channel.send(message)
            return self.channel.receive(self.deadline)
        except Closed:
            raise Stop("DIED", "the process of the candidate ended") from None
        except Late:
            raise Stop("TIME_LIMIT", "no answer within the time limit") from None
        except (TooLong, ValueError, RecursionError) as failure:
            raise Stop("DIED", "an unreadable reply: %s" % failure) from None

    def ask(self, *request):
        reply = self.exchange(request)
        try:
            kind, *rest = reply
            if kind == "value":
                return decode(rest[0], self.remote)
            name, message = rest
        except Exception as failure:
            raise Stop("DIED", "an unreadable reply: %s" % failure) from None
        raise RAISABLE.get(str(name), CandidateError)("%s: %s" % (name, message))

    def encode(self, value):
        def handle(other):
            if type(other) is Remote:
                return ["object", other._number]
            raise TypeError("a %s cannot be handed to the candidate" % type(other).__name__)

        return encode(value, handle)

    def remote(self, rest):
        return self.remotes.setdefault(int(rest[0]), Remote(self, int(rest[0])))

    def end(self):
        """Kills the cell and whatever it left behind; orphans come to this process, which is their subreaper."""
        for group in (os.killpg, os.kill):
            try:
                group(self.pid, signal.SIGKILL)
            except OSError:
                pass
        while True:
            for child in children():
                try:
                    os.kill(child, signal.SIGKILL)
                except OSError:
                    pass
            try:
                os.wait()
            except ChildProcessError:
                return


def children():
    try:
        with open("/proc/self/task/%d/children" % os.getpid()) as listing:
            return [int(pid) for pid in listing.read().split()]
    except OSError:
        return []


class Trial:
    """The tests of one order, statement by statement."""

    def __init__(self, order):
        self.order = order
        self.names = {"__name__": "tests", "__builtins__": builtins}
        self.tree, self.support = ast.parse(order["tests"]), ast.parse(order["support"])
        self.passed, self.total, self.first_failure = 0, sum(map(is_check, self.tree.body)), ""

    def run(self, cell):
        entry = self.order["entry_point"]
        remote = load(cell, self.order["program"], entry)
        self.names.update({entry: remote, "candidate": remote})
        try:
            self.borrow(cell)
            self.execute(self.support.body)
        except Exception as failure:
            raise Stop("WRONG", "%s: %s before the tests" % (type(failure).__name__, failure)) from None
        self.names.update({entry: remote, "candidate": remote})  # the support may hold a stub of that name
        for statement in self.tree.body:
            self.step(statement)
        if self.passed < self.total:
            raise Stop("WRONG", self.first_failure)

    def fetch_library(self):
        """Imports what the tests use of the standard library, named in an import or not, while there is no candidate yet
        that could put files in its place. It comes before anything of the candidate too, so that no candidate lends the
        tests its own math."""
        library = getattr(sys, "stdlib_module_names", MODULES)
        for name in sorted(self.imported()):
            try:
                __import__(name)
            except Exception:
                pass  # its own statement says so when its turn comes
        for name in self.unbound():
            if name in library:
                self.names[name] = __import__(name)

    def imported(self):
        for node in self.nodes():
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module

    def borrow(self, cell):
        """Binds names that the tests use and nothing else defines to what the candidate has under them."""
        for name in self.unbound():
            if cell.ask("defines", name) is True:
                self.names[name] = cell.ask("name", name)

    def nodes(self):
        return [*ast.walk(self.support), *ast.walk(self.tree)]

    def unbound(self):
        names = [node for node in self.nodes() if isinstance(node, ast.Name)]
        bound = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
        bound |= {node.name for node in self.nodes() if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
        bound |= {self.order["entry_point"], "candidate", *vars(builtins), *self.names}
        return sorted({node.id for node in names} - bound)

    def execute(self, statements):
        exec(compile(ast.Module(statements, []), "<tests>", "exec"), self.names)

    def step(self, statement):
        try:
            self.execute([statement])
            self.passed += is_check(statement)
        except Exception as failure:
            what = ast.get_source_segment(self.order["tests"], statement) or ""
            message = "%s: %s in %s" % (type(failure).__name__, failure, what)
            self.first_failure = self.first_failure or message
            if not is_check(statement):
                raise Stop("WRONG", message) from None


def load(cell, program, entry):
    """The function to be tested, loaded into the cell."""
    try:
        cell.ask("load", program)
        if cell.ask("defines", entry) is True:
            return cell.ask("name", entry)
    except Exception as failure:
        raise Stop("DOES_NOT_LOAD", str(failure)) from None
    raise Stop("DOES_NOT_LOAD", "it defines no %s" % entry)


def is_check(statement):
    return isinstance(statement, (ast.Assert, ast.Expr))


def hide():
    """Other processes of this user can neither trace this one nor open its files under /proc."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    return libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0


def bounded(order):
    """The values of a candidate are plain, yet a test can be made to grow and spin by them: a text times a number, a set of
    numbers that collide."""
    for kind, value in (
        (resource.RLIMIT_AS, order["tests_bytes"]),
        (resource.RLIMIT_CPU, math.ceil(order["wall_seconds"] + PATIENCE)),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            hard = resource.getrlimit(kind)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(kind, (value, value))
        except (OSError, ValueError):
            pass  # not every system takes every limit; the deadline holds everywhere


def finding(trial, cell):
    """How a trial ends."""
    try:
        trial.run(cell)
    except Stop as stop:
        return {"outcome": stop.outcome, "detail": stop.detail[:1000], "passed": trial.passed}
    return {"outcome": "PASSED", "detail": "", "passed": trial.passed}


def watched(trial, cell):
    """The finding of a trial that runs in a process of its own, which is killed with the cell when its time is up: a loop
    inside the interpreter heeds no exception and no signal handler."""
    source, sink = os.pipe()
    tests = os.fork()
    if tests == 0:
        try:
            bounded(trial.order)
            os.write(sink, json.dumps(finding(trial, cell)).encode() + b"\n")
        finally:
            os._exit(0)
    os.close(sink)
    try:
        return Channel(source, None, 1 << 16).receive(cell.deadline + PATIENCE)
    except Late:
        return {"outcome": "TIME_LIMIT", "detail": "the tests did not end within the time limit", "passed": 0}
    except Closed:
        return {"outcome": "DIED", "detail": "the process of the tests ended", "passed": 0}
    finally:
        os.kill(tests, signal.SIGKILL)


def try_out(order, say):
    """Runs one order and says its verdict. Until the barriers are up a failure is the machine's, from then on the
    candidate's."""
    trial = Trial(order)
    trial.fetch_library()
    cell = CellClient(order)
    try:
        try:
            up = cell.exchange(order["barriers"])[1]
        except Stop as stop:
            return say(outcome="NOT_RUN", detail="the cell did not start: %s" % stop.detail)
        missing = sorted(set(order["required"]) - set(up))
        if missing:
            return say(outcome="NOT_RUN", detail="not in force here: %s" % ", ".join(missing), up=up)
        say(up=up)
        cell.deadline = time.monotonic() + order["wall_seconds"]
        found = watched(trial, cell)
    finally:
        cell.end()
    say(**found, total=trial.total)


def main():
    order = json.load(sys.stdin)
    verdict = os.dup(1)
    for standard in (0, 1, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR), standard)
    random.seed(order["seed"])
    order["barriers"]["judge_hidden"] = hide()

    def say(**facts):
        os.write(verdict, json.dumps({"nonce": order["nonce"], **facts}).encode() + b"\n")

    try:
        try_out(order, say)
    except Exception as failure:
        say(outcome="NOT_RUN", detail="the judge failed: %s: %s" % (type(failure).__name__, failure))


main()
