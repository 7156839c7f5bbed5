# The cell: the process that holds the candidate. It has never seen the tests; it loads a program and answers calls.

import io
import types


class Cell:
    def __init__(self, channel):
        self.channel = channel
        self.objects = []
        self.numbers = {}
        self.module = types.ModuleType("candidate")

    def handle(self, value):
        number = self.numbers.setdefault(id(value), len(self.objects))
        if number == len(self.objects):
            self.objects.append(value)  # kept alive, so that its id stays its own
        return ["object", number]

    def decode(self, tree):
        return decode(tree, lambda rest: self.objects[rest[0]])

    def load(self, source):
        sys.modules["candidate"] = self.module
        exec(compile(source, "<candidate>", "exec"), self.module.__dict__)

    def defines(self, name):
        return name in self.module.__dict__

    def name(self, name):
        return self.module.__dict__[name]

    def call(self, function, arguments, keywords):
        return self.decode(function)(*self.decode(arguments), **self.decode(keywords))

    def get(self, target, name):
        return getattr(self.decode(target), name)

    def set(self, target, name, value):
        setattr(self.decode(target), name, self.decode(value))

    def reply(self, request):
        verb, *arguments = request
        try:
            return ["value", encode(getattr(self, verb)(*arguments), self.handle)]
        except BaseException as failure:  # SystemExit too: leaving is not an answer
            return ["raised", type(failure).__name__, str(failure)[:300]]

    def serve(self):
        while True:
            self.channel.send(self.reply(self.channel.receive()))


def main():
    channel = Channel(3, 4, 1 << 30)
    channel.send(["up", raise_barriers(channel.receive())])
    os.environ.clear()
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), io.StringIO(), io.StringIO()
    try:
        Cell(channel).serve()
    except Closed:
        pass
    os._exit(0)


main()
