package dev.wst.engine.tensor.cuda;

/** An array of whole numbers or of doubles on the card. */
final class CudaNumbers implements AutoCloseable {
    private final Device device;
    private final long address;
    private final int length;

    private CudaNumbers(Device device, long address, int length) {
        this.device = device;
        this.address = address;
        this.length = length;
    }

    static CudaNumbers of(Device device, int[] values) {
        CudaNumbers numbers =
                new CudaNumbers(device, device.allocate((long) values.length * Integer.BYTES), values.length);
        int most = device.staging().capacity() / Integer.BYTES;
        for (int done = 0; done < values.length; ) {
            int part = Math.min(values.length - done, most);
            device.staging().asIntBuffer().put(0, values, done, part);
            device.upload(numbers.address + (long) done * Integer.BYTES, (long) part * Integer.BYTES);
            done += part;
        }
        return numbers;
    }

    static CudaNumbers doubles(Device device, int length) {
        return new CudaNumbers(device, device.allocate((long) length * Double.BYTES), length);
    }

    static CudaNumbers of(Device device, double[] values) {
        CudaNumbers numbers = doubles(device, values.length);
        int most = device.staging().capacity() / Double.BYTES;
        for (int done = 0; done < values.length; ) {
            int part = Math.min(values.length - done, most);
            device.staging().asDoubleBuffer().put(0, values, done, part);
            device.upload(numbers.address + (long) done * Double.BYTES, (long) part * Double.BYTES);
            done += part;
        }
        return numbers;
    }

    long address() {
        return address;
    }

    /** Copies the first doubles to the host, as many as the target takes. */
    void read(double[] target) {
        if (target.length > length) {
            throw new IllegalArgumentException("there are " + length + " numbers, not " + target.length);
        }
        int most = device.staging().capacity() / Double.BYTES;
        for (int done = 0; done < target.length; ) {
            int part = Math.min(target.length - done, most);
            device.download(address + (long) done * Double.BYTES, (long) part * Double.BYTES);
            device.staging().asDoubleBuffer().get(0, target, done, part);
            done += part;
        }
    }

    @Override
    public void close() {
        device.free(address);
    }
}
