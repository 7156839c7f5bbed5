package dev.wst.examples.bench;

import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import dev.wst.engine.tensor.Matrix;
import dev.wst.engine.tensor.Weight;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Matrix products of the shapes that decide. */
@Command(name = "gemm", description = "Times y = x w' for one shape.", mixinStandardHelpOptions = true)
final class GemmBench implements Callable<Integer> {
    @Option(names = "--kernels", defaultValue = "onednn", description = "onednn, host or portable")
    private String kernels = "onednn";

    @Option(names = "--rows", defaultValue = "64")
    private int rows = 64;

    @Option(names = "--inputs", defaultValue = "576")
    private int inputs = 576;

    @Option(names = "--outputs", defaultValue = "1536")
    private int outputs = 1536;

    @Option(names = "--back", description = "time dx = dy w instead")
    private boolean back;

    @Override
    public Integer call() {
        try (Kernels k = KernelChoice.named(kernels)) {
            Matrix x = k.allocate(rows, inputs);
            Matrix w = k.allocate(outputs, inputs);
            Matrix y = k.allocate(rows, outputs);
            k.fill(x, 0.5f);
            k.fill(w, 0.25f);
            try (Weight weight = k.weight(w)) {
                double flops = 2.0 * rows * inputs * outputs;
                int calls = (int) Math.max(1, 2e9 / flops);
                double[] rates = new double[9];
                for (int run = -3; run < rates.length; run++) {
                    long start = System.nanoTime();
                    for (int i = 0; i < calls; i++) {
                        if (back) {
                            k.linearBack(y, weight, x, false);
                        } else {
                            k.linear(x, weight, y, false);
                        }
                    }
                    if (run >= 0) {
                        rates[run] = flops * calls / (System.nanoTime() - start);
                    }
                }
                new Line("gemm")
                        .put("kernels", kernels)
                        .put("rows", rows)
                        .put("inputs", inputs)
                        .put("outputs", outputs)
                        .put("direction", back ? "back" : "forward")
                        .put("gflops", Line.median(rates))
                        .print();
            }
        }
        return 0;
    }
}
