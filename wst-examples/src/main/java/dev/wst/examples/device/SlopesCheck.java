package dev.wst.examples.device;

import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.nn.AdamW;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.Kept;
import dev.wst.engine.nn.PackedBatch;
import dev.wst.engine.nn.Parameter;
import dev.wst.engine.nn.SequenceLoss;
import dev.wst.engine.tensor.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Gradients against finite differences of the loss, several texts sharing a prompt. */
record SlopesCheck(String onCard) implements Check {
    private static final int PROBES = 60;
    private static final float STEP = 1f / 64;

    @Override
    public String name() {
        return "slopes are those of finite differences";
    }

    @Override
    public String run() {
        Worst worst = new Worst();
        try (GoldenModel golden = new GoldenModel("tiny-qwen2");
                Kernels kernels = KernelChoice.named(onCard);
                Decoder decoder = golden.decoder(kernels)) {
            decoder.trainWhole();
            PackedBatch batch = new PackedBatch(
                    List.of(
                            new PackedBatch.Source(
                                    Arrays.copyOf(golden.ids(0), 5),
                                    List.of(new int[] {7, 8, 9}, new int[] {10}, new int[] {3, 1, 4, 1, 5})),
                            new PackedBatch.Source(Arrays.copyOf(golden.ids(1), 3), List.of(new int[] {2, 6}))),
                    decoder.config());
            new AdamW(kernels, decoder.parameters()).zeroGradients();
            decoder.follow(batch, 0.8f, Kept.INPUTS, loss(new double[1]));
            SplittableRandom random = new SplittableRandom(4);
            List<Parameter> parameters = decoder.parameters();
            for (int probe = 0; probe < PROBES; probe++) {
                Parameter p = parameters.get(random.nextInt(parameters.size()));
                float[] values = p.value().toArray();
                int at = random.nextInt(values.length);
                double slope = p.gradient().toArray()[at];
                double above = at(decoder, batch, p, values, at, values[at] + STEP);
                double below = at(decoder, batch, p, values, at, values[at] - STEP);
                at(decoder, batch, p, values, at, values[at]);
                double expected = (above - below) / ((double) (values[at] + STEP) - (values[at] - STEP));
                worst.compare(p.name(), slope, expected, 2e-3 + 2e-2 * Math.abs(expected));
            }
        }
        return PROBES + " slopes, " + worst.verdict();
    }

    private static double at(Decoder decoder, PackedBatch batch, Parameter p, float[] values, int at, float value) {
        float[] moved = values.clone();
        moved[at] = value;
        p.value().write(moved);
        decoder.refresh();
        double[] total = new double[1];
        SequenceLoss loss = loss(total);
        decoder.read(batch, 0.8f, true, (row, logP, entropies, states) -> loss.at(row, logP, entropies));
        return total[0];
    }

    private static SequenceLoss loss(double[] total) {
        return (s, logP, entropy) -> {
            double[] a = new double[logP.length];
            double[] b = new double[logP.length];
            for (int t = 0; t < a.length; t++) {
                a[t] = 0.3 * (s + 1) - 0.1 * t;
                b[t] = 0.05 * (t + 1);
                total[0] += a[t] * logP[t] + b[t] * entropy[t];
            }
            return new SequenceLoss.Slopes(a, b);
        };
    }
}
