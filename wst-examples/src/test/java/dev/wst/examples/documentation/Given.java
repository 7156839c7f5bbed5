package dev.wst.examples.documentation;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.RewardFunction;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.budget.Ledger;
import dev.wst.engine.nn.Decoder;
import dev.wst.engine.tensor.Matrix;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.rewards.data.PreferencePair;
import dev.wst.rewards.guard.StudentProbe;
import dev.wst.rewards.judge.Judge;
import dev.wst.rewards.preference.PreferenceModel;
import dev.wst.search.StudentTrials;
import dev.wst.serving.ServedTeacher;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What the documentation's examples take for given: each name means one thing wherever it is used. They are compiled and
 * never run, so nothing here has a value.
 */
public final class Given {
    /** Any chat model of LangChain4j. */
    public static final ChatModel chatModel = neverAsked();

    /** Told of each call of a chat model. */
    public static final List<ChatModelListener> listeners = neverAsked();

    /** A chat model that streams. */
    public static final StreamingChatModel streamingChatModel = neverAsked();

    public static final TransformerTeacher teacher = neverAsked();

    /** A trained teacher in an app. */
    public static final ServedTeacher served = neverAsked();

    public static final StudentClient student = neverAsked();

    /** Asked where the first has failed. */
    public static final StudentClient second = neverAsked();

    public static final RewardFunction reward = neverAsked();
    public static final WstTrainer trainer = neverAsked();
    public static final Examiner examiner = neverAsked();

    /** What a search puts to a student. */
    public static final StudentTrials trials = neverAsked();

    /** Of an arm named alone and others. */
    public static final Comparison compared = neverAsked();

    /** Runs what waits for answers. */
    public static final Executor executor = neverAsked();

    public static final Task task = neverAsked();
    public static final Advice advice = neverAsked();

    /** What a student is asked, and a chat model. */
    public static final ModelCall call = neverAsked();

    public static final ChatRequest request = neverAsked();

    /** Where a run keeps its answers. */
    public static final AnswerStore store = neverAsked();

    /** What a run is paid from. */
    public static final Ledger ledger = neverAsked();

    /** To train on. */
    public static final List<Task> tasks = neverAsked();

    /** To measure with. */
    public static final List<Task> heldOut = neverAsked();

    public static final List<Situation> situations = neverAsked();
    public static final List<Attempt> attempts = neverAsked();

    public static final Judge judge = neverAsked();
    public static final StudentProbe probe = neverAsked();
    public static final PreferenceModel preferenceModel = neverAsked();

    /** To train a preference model on. */
    public static final List<PreferencePair> pairs = neverAsked();

    /** To measure a preference model with. */
    public static final List<PreferencePair> heldOutPairs = neverAsked();

    public static final Decoder decoder = neverAsked();

    /** The tokens of each prompt. */
    public static final List<int[]> prompts = neverAsked();

    /** From the logits of each row to its next token. */
    public static final Function<Matrix, int[][]> chooser = neverAsked();

    private Given() {}

    @SuppressWarnings("TypeParameterUnusedInFormals") // each field says its type
    private static <T> T neverAsked() {
        throw new AssertionError("examples are compiled, not run");
    }
}
