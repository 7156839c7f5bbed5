package dev.wst.examples.device;

import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.tensor.Kernels;
import java.util.Map;
import java.util.function.Function;

/** Each kernel in FP32 against the processor's. */
record KernelsCheck(String onCard, String onProcessor) implements Check {
    @Override
    public String name() {
        return "kernels equal the processor's";
    }

    @Override
    public String run() {
        Worst worst = new Worst();
        Map<String, KernelCases.Case> cases = KernelCases.all();
        for (Map.Entry<String, KernelCases.Case> each : cases.entrySet()) {
            // Kernels of its own for each, so that what a case leaves behind goes with them.
            KernelCases.Case one = each.getValue();
            worst.compare(each.getKey(), on(onCard, one.run()), on(onProcessor, one.run()), one.tolerance());
        }
        return cases.size() + " cases, " + worst.verdict();
    }

    private static float[] on(String name, Function<Kernels, float[]> work) {
        try (Kernels kernels = KernelChoice.named(name)) {
            return work.apply(kernels);
        }
    }
}
