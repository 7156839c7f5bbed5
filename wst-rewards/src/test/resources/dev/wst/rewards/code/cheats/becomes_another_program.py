import os
def ENTRY(*arguments, **keywords):
    for program in ('/bin/true', '/usr/bin/true'):
        try:
            os.execv(program, [program])
        except OSError:
            pass
    os._exit(0)
