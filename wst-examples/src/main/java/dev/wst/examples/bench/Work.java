package dev.wst.examples.bench;

import dev.wst.Situation;
import dev.wst.Task;
import java.util.ArrayList;
import java.util.List;

/** The work that is measured: questions of about a hundred tokens, several samples each. */
record Work(int prompts, int samples) {
    List<Situation> situations() {
        List<Situation> situations = new ArrayList<>();
        for (int i = 0; i < prompts; i++) {
            String question = "A baker makes " + (24 + 7 * i) + " loaves every morning and sells each for " + (3 + i)
                    + " dollars. On Mondays the oven is slow and only half of them are ready before noon, while the rest"
                    + " are sold in the afternoon at a discount of one dollar. How much money does the baker earn?";
            Task task = Task.of("bench-" + i, question);
            for (int g = 0; g < samples; g++) {
                situations.add(Situation.of(task, g));
            }
        }
        return situations;
    }
}
