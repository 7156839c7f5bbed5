package dev.wst.examples.device;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wst.Precision;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.nn.AdamW;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.nn.Kept;
import dev.wst.engine.nn.Parameter;
import dev.wst.engine.tensor.Kernels;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Logits, log-probabilities, entropies, gradients and optimiser steps that PyTorch computed; logits in BF16 too. */
record GoldenCheck(String onCard, BooleanSupplier hasBf16) implements Check {
    @Override
    public String name() {
        return "numbers of PyTorch and peft";
    }

    @Override
    public String run() {
        Worst exact = new Worst();
        Worst rounded = new Worst();
        boolean bf16 = hasBf16.getAsBoolean();
        for (String name : GoldenModel.NAMES) {
            try (GoldenModel golden = new GoldenModel(name)) {
                logits(golden, Precision.FP32, 2e-4, exact);
                if (bf16) {
                    logits(golden, Precision.BF16, 2e-2, rounded);
                }
                scores(golden, exact);
                gradients(golden, exact);
                adapters(golden, exact);
            }
        }
        return "FP32 " + exact.verdict() + (bf16 ? "; logits in BF16 " + rounded.verdict() + " of 0.02" : "");
    }

    private void logits(GoldenModel golden, Precision precision, double tolerance, Worst worst) {
        try (Kernels kernels = KernelChoice.named(onCard, Optional.of(precision));
                Decoder decoder = golden.decoder(kernels)) {
            int[] ids = golden.ids(0);
            double[] expected = GoldenModel.doubles(golden.numbers().get("logits_row0_last"));
            float[] all = decoder.logits(ids, false);
            float[] last =
                    Arrays.copyOfRange(all, (ids.length - 2) * expected.length, (ids.length - 1) * expected.length);
            double[] actual = new double[last.length];
            Arrays.setAll(actual, i -> last[i]);
            worst.compare("logits", actual, expected, tolerance);
        }
    }

    private void scores(GoldenModel golden, Worst worst) {
        try (Kernels kernels = KernelChoice.named(onCard);
                Decoder decoder = golden.decoder(kernels)) {
            decoder.read(golden.whole(decoder), 1, false, (row, logP, entropies, states) -> {
                JsonNode numbers = golden.numbers();
                worst.compare(
                        "log-probabilities",
                        logP,
                        GoldenModel.doubles(numbers.get("token_logprobs").get(row)),
                        1e-4);
                worst.compare(
                        "entropies",
                        entropies,
                        GoldenModel.doubles(numbers.get("entropies").get(row)),
                        1e-4);
            });
        }
    }

    private void gradients(GoldenModel golden, Worst worst) {
        try (Kernels kernels = KernelChoice.named(onCard);
                Decoder decoder = golden.decoder(kernels)) {
            decoder.trainWhole();
            double[] loss = new double[1];
            decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, golden.loss(loss));
            worst.compare("loss", loss[0], golden.numbers().get("loss").asDouble(), 1e-3);
            gradients(decoder, golden.numbers().get("gradients"), worst);
            AdamW adam = new AdamW(kernels, decoder.parameters());
            for (JsonNode expected : golden.numbers().get("adamw_full").get("steps")) {
                loss[0] = 0;
                adam.zeroGradients();
                decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, golden.loss(loss));
                double norm = adam.gradientNorm();
                worst.compare("loss of a step", loss[0], expected.get("loss").asDouble(), 5e-3);
                worst.compare("norm of a step", norm / expected.get("grad_norm").asDouble(), 1, 1e-3);
                adam.step(1e-3, 0.9, 0.999, 1e-8, 0.01, Math.min(1, 1 / norm));
                decoder.refresh();
            }
        }
    }

    private void adapters(GoldenModel golden, Worst worst) {
        try (Kernels kernels = KernelChoice.named(onCard);
                Decoder decoder = golden.decoder(kernels)) {
            golden.loadAdapter(decoder);
            JsonNode lora = golden.numbers().get("lora");
            double[] loss = new double[1];
            decoder.follow(golden.masked(decoder), 1, Kept.EVERYTHING, golden.loss(loss));
            worst.compare("loss with adapters", loss[0], lora.get("loss").asDouble(), 1e-3);
            gradients(decoder, lora.get("gradients"), worst);
        }
    }

    private static void gradients(Decoder decoder, JsonNode expected, Worst worst) {
        for (Parameter p : decoder.parameters()) {
            JsonNode numbers = expected.get(p.name());
            float[] gradient = p.gradient().toArray();
            double square = 0;
            for (float g : gradient) {
                square += (double) g * g;
            }
            double scale = numbers.get("norm").asDouble();
            worst.compare("norm of " + p.name(), Math.sqrt(square) / scale, 1, 1e-3);
            double[] first = GoldenModel.doubles(numbers.get("first8"));
            double[] actual = new double[first.length];
            Arrays.setAll(actual, i -> gradient[i]);
            worst.compare("gradient of " + p.name(), actual, first, 1e-3 * scale / Math.sqrt(gradient.length) + 1e-5);
        }
    }
}
