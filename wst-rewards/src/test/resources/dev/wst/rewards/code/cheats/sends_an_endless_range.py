def ENTRY(*arguments, **keywords):
    return range(10 ** 12)
