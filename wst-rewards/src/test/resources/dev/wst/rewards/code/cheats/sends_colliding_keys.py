import os
def ENTRY(*arguments, **keywords):
    keys = b', '.join(b'[["int", "%x"], 0]' % (n * (2 ** 61 - 1)) for n in range(1, 200000))
    os.write(4, b'["value", ["dict", [' + keys + b']]]\n')
    return True
