package dev.wst.examples.api;

import dev.wst.Advice;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import java.nio.file.Path;
import java.util.List;

/** After training: load the adapter of a run, ask the teacher for an instruction, give it to the student. */
public final class AnswerWithATeacher {
    private AnswerWithATeacher() {}

    /**
     * Answers one question.
     *
     * @param args the adapter directory of a run of the embedded pair, such as runs/first/adapter
     */
    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("give the adapter directory of a run, such as runs/first/adapter");
            return;
        }
        Task question = Task.of("q", "Write these letters backwards: j i p l d");
        try (TransformerTeacher teacher = TransformerTeacher.builder(EmbeddedPair.teacherFiles())
                        .prompt(EmbeddedPair.prompt())
                        .adapter(Path.of(args[0]))
                        .build();
                TransformerChatModel chatModel = EmbeddedPair.studentModel()) {
            Advice advice = teacher.write(List.of(Situation.of(question, 0)), Sampling.greedy(16), new Seed(0))
                    .get(0);
            System.out.println(advice.instruction().text());
            System.out.println(LangChain4jStudent.of(chatModel).answer(advice));
        }
    }
}
