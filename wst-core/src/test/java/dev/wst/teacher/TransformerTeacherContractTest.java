package dev.wst.teacher;

import dev.wst.Task;
import dev.wst.TeacherPolicy;
import dev.wst.contract.TeacherPolicyContract;
import dev.wst.engine.model.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

class TransformerTeacherContractTest extends TeacherPolicyContract {
    @Override
    protected TeacherPolicy policy() {
        try {
            return TransformerTeacher.builder(TinyModel.in(Files.createDirectory(directory.resolve("model"))))
                    .prompt(TeacherPrompt.bare("{question}"))
                    .lora(4, 8)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected List<Task> tasks() {
        return List.of(Task.of("a", "w5 w9 w11"), Task.of("b", "w3"));
    }
}
