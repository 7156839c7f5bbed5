package dev.wst.examples.api;

import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.student.TransformerChatModel;
import java.util.List;

/** Before anything is trained: what are the prompts worth that people wrote? */
public final class CompareInstructions {
    private CompareInstructions() {}

    /** Prints each instruction's mean reward and the paired difference to no instruction. */
    public static void main(String[] args) {
        try (TransformerChatModel model = EmbeddedPair.studentModel()) {
            Examiner examiner = new Examiner(
                    new StudentCalls(EmbeddedPair.student(model), CallLimits.defaults()), EmbeddedPair.reward());
            Comparison comparison = Comparison.run(
                    EmbeddedPair.heldOut(100, 1),
                    examiner,
                    List.of(
                            Comparison.Arm.none("alone"),
                            Comparison.Arm.fixed("steps", "Think step by step."),
                            Comparison.Arm.fixed("total", "Keep a running total.")));
            comparison.results().forEach(result -> System.out.println(result.name() + " " + result.reward()));
            System.out.println("total minus alone " + comparison.difference("total", "alone"));
        }
    }
}
