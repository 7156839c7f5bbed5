package dev.wst.teacher;

import dev.wst.Attempt;
import dev.wst.Situation;
import dev.wst.engine.tokenizer.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a teacher is shown before it writes an instruction: a system line, worked examples and the task.
 *
 * <pre>{@code
 * TeacherPrompt prompt = TeacherPrompt.defaults().withExample("Classify: the film was dull", "Judge the tone.");
 * }</pre>
 *
 * @param system first message; empty for none
 * @param examples earlier user and assistant turns
 * @param request the message that asks for an instruction; {@code {question}} stands for the task's prompt
 * @param revision the message that asks for another instruction after an answer; {@code {answer}} stands for it
 */
public record TeacherPrompt(Optional<String> system, List<Example> examples, String request, String revision) {
    private static final String QUESTION = "{question}";
    private static final String ANSWER = "{answer}";

    /**
     * A message and the instruction that answers it, shown as if the teacher had written it.
     *
     * @param message shown as it is; it may ask for something quite different from {@code request}
     */
    public record Example(String message, String instruction) {}

    public TeacherPrompt {
        examples = List.copyOf(examples);
        if (!request.contains(QUESTION)) {
            throw new IllegalArgumentException("the request must contain " + QUESTION + ", got: " + request);
        }
    }

    /** Asks for a short instruction that does not give the answer away. */
    public static TeacherPrompt defaults() {
        return new TeacherPrompt(
                Optional.of("You help a language model answer questions. You never see its answer. For each question,"
                        + " write one short instruction that tells the model how to work on it, without giving the"
                        + " answer."),
                List.of(),
                "Question:\n" + QUESTION + "\n\nWrite the instruction.",
                "The model answered:\n" + ANSWER + "\n\nWrite a better instruction.");
    }

    /**
     * What a teacher was shown whose adapter {@link TransformerTeacher#save} wrote.
     *
     * @return empty if the directory does not say, as one that Python's peft wrote
     * @throws dev.wst.InvalidInputException if what it says cannot be read
     */
    public static Optional<TeacherPrompt> ofAdapter(Path directory) {
        return TeacherFile.in(directory).map(TeacherFile::prompt);
    }

    /** Nothing but the task, for models that were made to continue it with an instruction. */
    public static TeacherPrompt bare(String request) {
        return new TeacherPrompt(Optional.empty(), List.of(), request, ANSWER);
    }

    public TeacherPrompt withSystem(String line) {
        return new TeacherPrompt(Optional.of(line), examples, request, revision);
    }

    /** One more worked example after those already there, its question put into the present request. */
    public TeacherPrompt withExample(String question, String instruction) {
        return withTurn(request(question), instruction);
    }

    /** One more worked example after those already there, its message shown as it is. */
    public TeacherPrompt withTurn(String message, String instruction) {
        List<Example> more = new ArrayList<>(examples);
        more.add(new Example(message, instruction));
        return new TeacherPrompt(system, more, request, revision);
    }

    public TeacherPrompt withRequest(String template) {
        return new TeacherPrompt(system, examples, template, revision);
    }

    public TeacherPrompt withRevision(String template) {
        return new TeacherPrompt(system, examples, request, template);
    }

    /** The message that asks for an instruction for a question. */
    public String request(String question) {
        return request.replace(QUESTION, question);
    }

    /** The message that asks for another instruction after the student's answer. */
    public String revision(String answer) {
        return revision.replace(ANSWER, answer);
    }

    /** The chat that the next instruction answers. */
    List<Message> messages(Situation situation) {
        List<Message> messages = new ArrayList<>();
        system.ifPresent(line -> messages.add(new Message("system", line)));
        for (Example example : examples) {
            messages.add(new Message("user", example.message));
            messages.add(new Message("assistant", example.instruction));
        }
        messages.add(new Message("user", request(situation.task().prompt())));
        for (Attempt attempt : situation.earlier()) {
            messages.add(new Message("assistant", attempt.instruction().text()));
            messages.add(new Message("user", revision(attempt.answer().text())));
        }
        return messages;
    }
}
