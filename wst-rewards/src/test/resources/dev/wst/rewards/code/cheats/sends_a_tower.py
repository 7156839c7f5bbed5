def ENTRY(*arguments, **keywords):
    import os
    os.write(4, b'["value", ' + b'["list", [' * 100000 + b']]' * 100000 + b']\n')
