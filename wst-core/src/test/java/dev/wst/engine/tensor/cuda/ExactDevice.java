package dev.wst.engine.tensor.cuda;

import java.nio.ByteBuffer;

/** A card whose memory is taken in pieces of exactly the size asked for, so that what lies beside a piece is nobody's. */
final class ExactDevice implements Device {
    private final Card card;

    ExactDevice(Card card) {
        this.card = card;
    }

    @Override
    public long allocate(long bytes) {
        long[] address = new long[1];
        CudaDriver.check(CudaDriver.cuMemAlloc_v2(address, bytes), "taking " + bytes + " bytes");
        return address[0];
    }

    @Override
    public void free(long address) {
        CudaDriver.check(CudaDriver.cuMemFree_v2(address), "giving memory back");
    }

    @Override
    public String description() {
        return card.description();
    }

    @Override
    public long totalBytes() {
        return card.totalBytes();
    }

    @Override
    public long freeBytes() {
        return card.freeBytes();
    }

    @Override
    public void clear(long address, long bytes) {
        card.clear(address, bytes);
    }

    @Override
    public ByteBuffer staging() {
        return card.staging();
    }

    @Override
    public void upload(long address, long bytes) {
        card.upload(address, bytes);
    }

    @Override
    public void download(long address, long bytes) {
        card.download(address, bytes);
    }

    @Override
    public void launch(String kernel, long blocks, int threads, int sharedBytes, Arguments arguments) {
        card.launch(kernel, blocks, threads, sharedBytes, arguments);
    }

    @Override
    public void multiply(Product product) {
        card.multiply(product);
    }

    @Override
    public long record(Runnable work) {
        return card.record(work);
    }

    @Override
    public void replay(long recording) {
        card.replay(recording);
    }

    @Override
    public void forget(long recording) {
        card.forget(recording);
    }

    @Override
    public void synchronize() {
        card.synchronize();
    }

    @Override
    public void close() {
        card.close();
    }
}
