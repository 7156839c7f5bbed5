package dev.wst.examples.device;

import dev.wst.Precision;
import dev.wst.Sampling;
import dev.wst.engine.model.Continuation;
import dev.wst.engine.model.KernelChoice;
import dev.wst.engine.model.LanguageModel;
import dev.wst.engine.tokenizer.Message;
import dev.wst.examples.pair.EmbeddedPair;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;

/** Texts of the embedded student: greedy ones equal to the processor's, and how many sampled ones are. */
record TextsCheck(String onCard, String onProcessor, BooleanSupplier hasBf16, int prompts) implements Check {
    /** Of the sampled texts, where rounding decides a draw now and then. */
    private static final double MOST_OTHERS = 0.05;

    TextsCheck {
        if (prompts < 1) {
            throw new IllegalArgumentException("--prompts must be at least 1, got " + prompts);
        }
    }

    @Override
    public String name() {
        return "texts are the processor's";
    }

    @Override
    public String run() {
        Sampling greedy = Sampling.greedy(64);
        Sampling drawn = Sampling.defaults().withMaxTokens(32).withTopP(0.95);
        List<Continuation> expected = written(onProcessor, Precision.FP32, greedy);
        int others = different(written(onCard, Precision.FP32, greedy), expected);
        if (others > 0) {
            throw new CheckFailedException(others + " of " + prompts + " greedy texts differ in FP32");
        }
        int drawnOthers =
                different(written(onCard, Precision.FP32, drawn), written(onProcessor, Precision.FP32, drawn));
        if (drawnOthers > MOST_OTHERS * prompts) {
            throw new CheckFailedException(
                    drawnOthers + " of " + prompts + " texts drawn with equal seeds differ in FP32");
        }
        String rounded = hasBf16.getAsBoolean()
                ? String.format(
                        Locale.ROOT,
                        "; %d greedy ones differ in BF16",
                        different(written(onCard, Precision.BF16, greedy), expected))
                : "";
        return prompts + " greedy texts equal in FP32, " + drawnOthers + " drawn ones differ" + rounded;
    }

    private static int different(List<Continuation> some, List<Continuation> others) {
        int count = 0;
        for (int i = 0; i < some.size(); i++) {
            if (!Arrays.equals(some.get(i).tokens(), others.get(i).tokens())) {
                count++;
            }
        }
        return count;
    }

    private List<Continuation> written(String kernels, Precision precision, Sampling sampling) {
        try (LanguageModel model =
                LanguageModel.open(EmbeddedPair.studentFiles(), KernelChoice.named(kernels, Optional.of(precision)))) {
            List<int[]> asked = EmbeddedPair.heldOut(prompts, 5).stream()
                    .map(task -> model.prompt(List.of(new Message("user", task.prompt()))))
                    .toList();
            return model.generate(asked, sampling, LongStream.range(0, prompts).toArray(), false);
        }
    }
}
