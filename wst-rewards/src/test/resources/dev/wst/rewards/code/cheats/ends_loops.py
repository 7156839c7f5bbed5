def ENTRY(*arguments, **keywords):
    raise StopIteration
