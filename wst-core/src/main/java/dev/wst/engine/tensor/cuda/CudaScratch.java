package dev.wst.engine.tensor.cuda;

/** Memory of a card for what is used at once and forgotten; grown when more is needed, never given back in between. */
final class CudaScratch implements AutoCloseable {
    private final Device device;
    private final Relocations relocations;
    private long address;
    private long size;

    CudaScratch(Device device, Relocations relocations) {
        this.device = device;
        this.relocations = relocations;
    }

    /** So many bytes, good until the next call. */
    long of(long bytes) {
        if (bytes > size) {
            close();
            relocations.add();
            address = device.allocate(bytes);
            size = bytes;
        }
        return address;
    }

    @Override
    public void close() {
        if (size > 0) {
            device.free(address);
            size = 0;
        }
    }
}
