package dev.wst.teacher;

import com.google.common.primitives.Ints;
import dev.wst.Advice;
import dev.wst.Instruction;
import dev.wst.InvalidInputException;
import dev.wst.Sampling;
import dev.wst.TeacherPolicy.Reading;
import dev.wst.engine.model.LanguageModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Texts that somebody wrote become instructions that a model might have sampled. */
record GivenTexts(LanguageModel model, Sampling sampling) {
    /**
     * With tokens and their log-probabilities. Of several tokens that end a text each gets the one that the model is likeliest to
     * write there.
     *
     * @param read what the model's weights say of each advice
     */
    List<Advice> scored(List<Advice> others, Function<List<Advice>, List<Reading>> read) {
        int[] ends = Ints.toArray(model.config().endTokens());
        if (ends.length == 0) {
            throw new InvalidInputException(model.origin()
                    + " names no token that ends a text, so no given text can be made one that it wrote");
        }
        List<Advice> candidates = new ArrayList<>();
        for (Advice other : others) {
            String text = other.instruction().text().strip();
            int[] tokens = tokens(text);
            for (int end : ends) {
                int[] all = Ints.concat(tokens, new int[] {end});
                candidates.add(new Advice(other.situation(), ended(text, all, new double[all.length])));
            }
        }
        List<Reading> readings = read.apply(candidates);
        List<Advice> scored = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i += ends.length) {
            int best = i;
            for (int j = i + 1; j < i + ends.length; j++) {
                best = last(readings.get(j)) > last(readings.get(best)) ? j : best;
            }
            Instruction likeliest = candidates.get(best).instruction();
            scored.add(new Advice(
                    candidates.get(best).situation(),
                    ended(
                            likeliest.text(),
                            likeliest.tokens(),
                            readings.get(best).scores().logProbabilities())));
        }
        return scored;
    }

    private int[] tokens(String text) {
        for (String stop : sampling.stopStrings()) {
            if (text.contains(stop)) {
                throw new InvalidInputException(
                        "the instruction \"" + text + "\" holds \"" + stop
                                + "\", before which the teacher's instructions end; take that out of it or of the stop strings");
            }
        }
        int[] tokens = model.written(text);
        if (tokens.length + 1 > sampling.maxTokens()) {
            throw new InvalidInputException("the instruction \"" + text + "\" has " + (tokens.length + 1)
                    + " tokens with the one that ends it, but the teacher's instructions have at most "
                    + sampling.maxTokens() + "; shorten it, or let the teacher write more");
        }
        return tokens;
    }

    private static Instruction ended(String text, int[] tokens, double[] logProbabilities) {
        return Instruction.sampled(text, tokens, logProbabilities, Instruction.Ending.STOP);
    }

    private static double last(Reading reading) {
        double[] all = reading.scores().logProbabilities();
        return all[all.length - 1];
    }
}
