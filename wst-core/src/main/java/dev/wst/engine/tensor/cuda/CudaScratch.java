package dev.wst.engine.tensor.cuda;

/** Memory of a card for what is used at once and forgotten; grown when more is needed, never given back in between. */
final class CudaScratch implements AutoCloseable {
    private final Device device;
    private final Changes changes;
    private long address;
    private long size;

    CudaScratch(Device device, Changes changes) {
        this.device = device;
        this.changes = changes;
    }

    /** So many bytes, good until the next call. */
    long of(long bytes) {
        if (bytes > size) {
            close();
            changes.moved();
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
