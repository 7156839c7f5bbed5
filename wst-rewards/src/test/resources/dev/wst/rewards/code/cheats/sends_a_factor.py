def ENTRY(*arguments, **keywords):
    return 10 ** 11
