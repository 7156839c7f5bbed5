# Values between the judge and the cell, as JSON trees. Only plain data crosses: an exact type is named by its tag, an object
# of any other class stays where it is and crosses as a handle. So nothing that the candidate defines (a class with its
# own __eq__, a str that lies) ever reaches the interpreter that compares.

import sys

sys.path = [place for place in sys.path if place]  # not the directory a process was started in: a candidate may write there

import builtins
import json
import os
import select
import time
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

MAX_ITEMS = 100_000  # of one iterator, which is read to its end before it crosses, and of one range, which unfolds later


class Closed(Exception):
    """The other side is gone."""


class Late(Exception):
    """The deadline passed."""


class TooLong(Exception):
    """A message beyond its limit."""


def encode(value, handle):
    """The tree of a value; handle(value) gives the tree of what is no plain data."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if abs(value) < 1 << 53 else ["int", hex(value)]
    if kind is float:
        return ["float", value.hex()]
    if kind is complex:
        return ["complex", value.real.hex(), value.imag.hex()]
    if kind is bytes or kind is bytearray:
        return [kind.__name__, value.hex()]
    if kind is Decimal:
        return ["decimal", str(value)]
    if kind is Fraction:
        return ["fraction", hex(value.numerator), hex(value.denominator)]
    if kind is range:
        short(value)
        return ["range", hex(value.start), hex(value.stop), hex(value.step)]
    for base in (list, tuple, set, frozenset):
        if isinstance(value, base):
            return [base.__name__, [encode(item, handle) for item in base.__iter__(value)]]
    if isinstance(value, dict):
        return ["dict", [[encode(k, handle), encode(v, handle)] for k, v in dict.items(value)]]
    if kind is type and BUILT_IN.get(value.__name__) is value:
        return ["type", value.__name__]
    if kind in VIEWS:
        return [VIEWS[kind], [encode(item, handle) for item in value]]
    for base in (int, float, str):
        if isinstance(value, base):
            return encode(base.__add__(value, base()), handle)
    if isinstance(value, Iterator):
        return ["iterator", [encode(item, handle) for item in drain(value)]]
    return handle(value)


def drain(iterator):
    items = []
    for item in iterator:
        items.append(item)
        if len(items) > MAX_ITEMS:
            raise OverflowError("an iterator of more than %d items" % MAX_ITEMS)
    return items


def short(numbers):
    """The same range, if it is one that a test can afford to unfold."""
    if numbers[MAX_ITEMS:]:
        raise OverflowError("a range of more than %d items" % MAX_ITEMS)
    return numbers


def decode(tree, handle):
    """The value of a tree; handle(arguments) gives the object of a handle's tree."""
    if not isinstance(tree, list):
        return tree
    tag, *rest = tree
    if tag in CONTAINERS:
        return CONTAINERS[tag]([decode(item, handle) for item in rest[0]])
    if tag == "dict":
        return {decode(k, handle): decode(v, handle) for k, v in rest[0]}
    if tag in SCALARS:
        return SCALARS[tag](*rest)
    return handle(rest)


BUILT_IN = {name: kind for name, kind in vars(builtins).items() if isinstance(kind, type)}

VIEWS = {type({}.keys()): "keys", type({}.values()): "values", type({}.items()): "items"}

CONTAINERS = {
    "list": list,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "iterator": iter,
    "keys": lambda items: dict.fromkeys(items).keys(),
    "values": lambda items: dict(enumerate(items)).values(),
    "items": lambda items: dict(items).items(),
}

SCALARS = {
    "int": lambda text: int(text, 16),
    "float": float.fromhex,
    "complex": lambda real, imag: complex(float.fromhex(real), float.fromhex(imag)),
    "bytes": bytes.fromhex,
    "bytearray": bytearray.fromhex,
    "decimal": Decimal,
    "fraction": lambda over, under: Fraction(int(over, 16), int(under, 16)),
    "range": lambda *ends: short(range(*(int(end, 16) for end in ends))),
    "type": BUILT_IN.__getitem__,
}


class Channel:
    """Lines of JSON over two pipes."""

    def __init__(self, source, sink, limit):
        self.source, self.sink, self.limit = source, sink, limit
        self.rest = b""

    def send(self, message):
        data = memoryview(json.dumps(message).encode() + b"\n")
        while data:
            try:
                data = data[os.write(self.sink, data) :]
            except BrokenPipeError:
                raise Closed from None

    def receive(self, deadline=None):
        parts = [self.rest]
        size = len(self.rest)
        while b"\n" not in parts[-1]:
            if size > self.limit:
                raise TooLong("a reply of more than %d bytes" % self.limit)
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0 or not select.select([self.source], [], [], left)[0]:
                    raise Late
            part = os.read(self.source, 1 << 16)
            if not part:
                raise Closed
            parts.append(part)
            size += len(part)
        line, _, self.rest = b"".join(parts).partition(b"\n")
        return json.loads(line)
