package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.FusedKernels;

/** Whole numbers on the card, or a part of such. */
final class CudaSlots implements FusedKernels.Slots, CudaRows {
    private final Device device;
    private final long address;
    private final int length;

    private CudaSlots(Device device, long address, int length) {
        this.device = device;
        this.address = address;
        this.length = length;
    }

    static CudaSlots zeros(Device device, int length) {
        long bytes = (long) length * Integer.BYTES;
        if (bytes > device.staging().capacity()) {
            throw new IllegalArgumentException(length + " numbers are more than are copied at once");
        }
        long address = device.allocate(bytes);
        device.clear(address, bytes);
        return new CudaSlots(device, address, length);
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public CudaSlots part(int from, int count) {
        if (from < 0 || count < 0 || from + count > length) {
            throw new IllegalArgumentException("numbers " + from + " to " + (from + count - 1) + " of " + length);
        }
        return new CudaSlots(device, address + (long) from * Integer.BYTES, count);
    }

    @Override
    public void write(int[] values) {
        require(values);
        device.staging().asIntBuffer().put(0, values);
        device.upload(address, (long) length * Integer.BYTES);
    }

    @Override
    public void read(int[] target) {
        require(target);
        device.download(address, (long) length * Integer.BYTES);
        device.staging().asIntBuffer().get(0, target);
    }

    private void require(int[] values) {
        if (values.length != length) {
            throw new IllegalArgumentException("expected " + length + " numbers, got " + values.length);
        }
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public void close() {
        device.free(address);
    }
}
