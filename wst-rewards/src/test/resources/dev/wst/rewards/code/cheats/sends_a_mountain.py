def ENTRY(*arguments, **keywords):
    return ['x' * 1000] * 1000000
