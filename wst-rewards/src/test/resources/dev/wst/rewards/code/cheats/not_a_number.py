def ENTRY(*arguments, **keywords):
    return float('nan')
