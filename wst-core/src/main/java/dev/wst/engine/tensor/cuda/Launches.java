package dev.wst.engine.tensor.cuda;

import dev.wst.engine.tensor.Matrix;

/** The arguments of one launch after the other, and the note that a launch changes numbers. */
final class Launches {
    private final Device device;
    private final Changes changes;
    private final Arguments arguments = new Arguments();

    Launches(Device device, Changes changes) {
        this.device = device;
        this.changes = changes;
    }

    /** Begins the arguments of a launch that may write to any matrix. */
    Arguments begin() {
        changes.written();
        return arguments.begin();
    }

    /** Begins the arguments of a launch that writes to nothing that a product reads next. */
    Arguments beginBeside() {
        return arguments.begin();
    }

    void launch(String kernel, long blocks, int threads, int sharedBytes, Arguments filled) {
        device.launch(kernel, blocks, threads, sharedBytes, filled);
    }

    /** One thread an element. */
    void each(String kernel, Elements elements, Arguments filled) {
        launch(kernel, elements.blocks(), Elements.THREADS, 0, filled);
    }

    /** One block a row. */
    void byRow(String kernel, Matrix x, Arguments filled) {
        launch(kernel, x.rows(), Elements.THREADS, 0, filled);
    }

    /** One thread a column. */
    void byColumn(String kernel, Matrix x, Arguments filled) {
        launch(kernel, Elements.blocksOf(x.columns()), Elements.THREADS, 0, filled);
    }

    /** Begins with address and row stride of each matrix. */
    Arguments begin(Matrix... matrices) {
        begin();
        for (Matrix matrix : matrices) {
            arguments.add(CudaMemory.address(matrix)).add(matrix.rowStride());
        }
        return arguments;
    }
}
