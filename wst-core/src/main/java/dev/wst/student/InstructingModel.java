package dev.wst.student;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.ModelCall;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.answers.KeptAnswers;
import dev.wst.calls.Accounts;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.teacher.TeacherPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Any LangChain4j chat model as the one that writes instructions, untrained: what a trained teacher has to beat. It is shown what
 * the teacher would be shown, and asked as a student is: several calls at once, limits, tries, answers kept and paid.
 *
 * <pre>{@code
 * InstructingModel large = InstructingModel.of(chatModel, CallLimits.defaults()).withPrompt(TeacherPrompt.defaults());
 * Comparison versus = Comparison.run(heldOut, examiner, List.of(
 *         Comparison.Arm.model("large model", large::write),
 *         Comparison.Arm.teacher("teacher", teacher, Sampling.greedy(64), new Seed(17))));
 * }</pre>
 */
public final class InstructingModel {
    private static final String ROLE = "instructor";

    private final ChatModel model;
    private final TeacherPrompt prompt;
    private final CallLimits limits;
    private final Accounts accounts;
    private final Optional<AnswerStore> remembered;
    private final StudentCalls written;
    private final StudentCalls replies;

    private InstructingModel(
            ChatModel model,
            TeacherPrompt prompt,
            CallLimits limits,
            Accounts accounts,
            Optional<AnswerStore> remembered) {
        this.model = Objects.requireNonNull(model, "model");
        this.prompt = Objects.requireNonNull(prompt, "prompt");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.accounts = Objects.requireNonNull(accounts, "accounts");
        this.remembered = remembered;
        this.written = calls(this::messages);
        this.replies = calls(asked -> List.of(UserMessage.from(asked.task().prompt())));
    }

    /** Shown {@link TeacherPrompt#defaults()}; no answer is kept, and nobody pays. */
    public static InstructingModel of(ChatModel model, CallLimits limits) {
        return new InstructingModel(model, TeacherPrompt.defaults(), limits, Accounts.none(), Optional.empty());
    }

    /** The same, shown something else. */
    public InstructingModel withPrompt(TeacherPrompt value) {
        return new InstructingModel(model, value, limits, accounts, remembered);
    }

    /** The same with instructions that are kept and paid for. */
    public InstructingModel with(Accounts value) {
        return new InstructingModel(model, prompt, limits, value, remembered);
    }

    /**
     * The same, asked only for what this store does not hold. What it holds counts, and is paid for, as if it were asked: see
     * {@link KeptAnswers#around}.
     */
    public InstructingModel remembering(AnswerStore store) {
        return new InstructingModel(model, prompt, limits, accounts, Optional.of(store));
    }

    /**
     * An instruction for each situation, in order: an answer whose text is the instruction, or the failure that kept it from coming.
     *
     * @throws dev.wst.BudgetSpentException if there is no room for a call
     * @throws dev.wst.EnvironmentException if an answer cannot be kept
     * @throws dev.wst.InterruptedRunException if the calling thread is interrupted
     */
    public List<Answer> write(List<Situation> situations) {
        return written.answer(situations.stream()
                .map(situation -> new Advice(situation, Instruction.none()))
                .toList());
    }

    /**
     * Its reply to any text, without the prompt.
     *
     * @param text what it is asked
     * @param number tells equal texts apart where replies are kept, from 0
     * @throws dev.wst.BudgetSpentException if there is no room for the call
     */
    public Answer reply(String text, int number) {
        Situation situation = Situation.of(Task.of(ROLE, text), number);
        return replies.answer(List.of(new Advice(situation, Instruction.none())))
                .get(0);
    }

    private StudentCalls calls(Messages messages) {
        StudentClient asking = new Asking(model, messages);
        StudentClient asked = remembered
                .map(store -> KeptAnswers.of(store, ROLE).around(asking))
                .orElse(asking);
        return new StudentCalls(Optional.of(ROLE), asked, limits, accounts, StudentCalls::sleep);
    }

    private List<ChatMessage> messages(Situation situation) {
        List<ChatMessage> messages = new ArrayList<>();
        prompt.system().ifPresent(line -> messages.add(SystemMessage.from(line)));
        for (TeacherPrompt.Example example : prompt.examples()) {
            messages.add(UserMessage.from(example.message()));
            messages.add(AiMessage.from(example.instruction()));
        }
        messages.add(UserMessage.from(prompt.request(situation.task().prompt())));
        for (Attempt attempt : situation.earlier()) {
            messages.add(AiMessage.from(attempt.instruction().text()));
            messages.add(UserMessage.from(prompt.revision(attempt.answer().text())));
        }
        return messages;
    }

    /** What the model is shown in a situation. */
    private interface Messages {
        List<ChatMessage> of(Situation situation);
    }

    /** The model as one that answers situations. */
    private record Asking(ChatModel model, Messages messages) implements StudentClient {
        private ChatRequest request(Advice advice) {
            return ChatRequest.builder()
                    .messages(messages.of(advice.situation()))
                    .build();
        }

        @Override
        public ModelCall call(Advice advice) {
            return ChatCall.of(model, request(advice));
        }

        @Override
        public Answer answer(Advice advice) {
            return LangChain4jStudent.reply(model, request(advice));
        }

        @Override
        public Optional<List<Answer>> answerTogether(List<Advice> batch) {
            return LangChain4jStudent.replies(model, batch, this::request);
        }
    }
}
