import os
def ENTRY(*arguments, **keywords):
    os.write(4, b'["value", ["range", "0x0", "0xe8d4a51000", "0x1"]]\n')
    return True
