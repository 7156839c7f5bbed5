package dev.wst;

import java.util.Objects;

/** One exchange: the teacher's instruction and what the student answered to it. */
public record Turn(Instruction instruction, Answer answer) {
    public Turn {
        Objects.requireNonNull(instruction, "instruction");
        Objects.requireNonNull(answer, "answer");
    }
}
