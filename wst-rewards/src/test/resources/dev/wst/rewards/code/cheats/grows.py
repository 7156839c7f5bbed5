def ENTRY(*arguments, **keywords):
    hoard = []
    while True:
        hoard.append(bytearray(1 << 24))
