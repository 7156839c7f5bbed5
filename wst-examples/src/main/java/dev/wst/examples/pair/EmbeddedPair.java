package dev.wst.examples.pair;

import dev.wst.RewardFunction;
import dev.wst.Sampling;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.rewards.text.MatchReward;
import dev.wst.rl.Grpo;
import dev.wst.rl.Optimization;
import dev.wst.rl.Ppo;
import dev.wst.student.LangChain4jStudent;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TeacherPrompt;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import dev.wst.training.WstTrainerBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Opens the pair that ships with the examples, and what belongs to it. */
public final class EmbeddedPair {
    private static final List<String> FILES = List.of("config.json", "tokenizer.json", "model.safetensors");
    private static final String MARK = "answer:";

    private EmbeddedPair() {}

    /** Questions to train on. */
    public static List<Task> training(int count, long seed) {
        return Puzzles.draw(count, false, seed);
    }

    /** Questions to measure with; no training question has the same letters or numbers in the same order. */
    public static List<Task> heldOut(int count, long seed) {
        return Puzzles.draw(count, true, seed);
    }

    /** A fresh teacher with adapters to train. */
    public static TransformerTeacher teacher(long seed) {
        return TransformerTeacher.builder(teacherFiles())
                .prompt(prompt())
                .seed(seed)
                .build();
    }

    /** A teacher that has learned. */
    public static TransformerTeacher trained(Path adapter) {
        return TransformerTeacher.builder(teacherFiles())
                .prompt(prompt())
                .adapter(adapter)
                .build();
    }

    /** The teacher's files in a directory of their own. */
    public static Path teacherFiles() {
        return UnpackedFiles.of("teacher", FILES);
    }

    /** The student's files in a directory of their own. */
    public static Path studentFiles() {
        return UnpackedFiles.of("student", FILES);
    }

    /** Shows the teacher the question and nothing else. */
    public static TeacherPrompt prompt() {
        return TeacherPrompt.bare("{question}");
    }

    /** How the teacher writes. */
    public static Sampling sampling() {
        return Sampling.defaults().withMaxTokens(16);
    }

    /** A run with it, of as many tasks and samples a step as suit it; reward, tasks, algorithm and steps are the caller's. */
    public static WstTrainerBuilder run(TransformerTeacher teacher, StudentClient student) {
        return configured(WstTrainer.builder(), teacher, student);
    }

    /** The same for a run that goes on in its directory. */
    public static WstTrainerBuilder resumed(Path directory, TransformerTeacher teacher, StudentClient student) {
        return configured(WstTrainer.resume(directory), teacher, student);
    }

    private static WstTrainerBuilder configured(
            WstTrainerBuilder trainer, TransformerTeacher teacher, StudentClient student) {
        return trainer.teacher(teacher)
                .student(student)
                .sampling(sampling())
                .batch(16)
                .samples(8);
    }

    /**
     * PPO for it. Small models learn at higher rates than TRL's; the divergence keeps instructions in play that seldom help yet; the
     * first words of an instruction, which decide the method, are credited with all that follows (lambda 1).
     */
    public static Ppo ppo() {
        return Ppo.defaults().withKlCoefficient(0.05).withLambda(1).withOptimization(rate(1e-3));
    }

    /** GRPO for it, for the same reasons. */
    public static Grpo grpo() {
        return Grpo.defaults().withKlCoefficient(0.05).withIterations(4).withOptimization(rate(2e-3));
    }

    private static Optimization rate(double learningRate) {
        return Optimization.defaults().withLearningRate(learningRate).withSchedule(Optimization.Schedule.CONSTANT, 0);
    }

    /** The student's model; greedy, at most 64 tokens an answer. */
    public static TransformerChatModel studentModel() {
        return TransformerChatModel.open(studentFiles(), Sampling.greedy(64));
    }

    /** The student. */
    public static StudentClient student(TransformerChatModel model) {
        return LangChain4jStudent.of(model);
    }

    /** 1 if what follows the last "answer:" is the right answer, 0 otherwise. */
    public static RewardFunction reward() {
        return MatchReward.exact().after(MARK);
    }

    /** What a person might tell the student for all questions: one wording of each method, and two that name none. */
    public static List<String> fixedInstructions() {
        return Stream.concat(
                        Stream.of(Kind.values()).map(kind -> kind.methods().get(0)),
                        Stream.of("Think step by step.", "Answer carefully."))
                .toList();
    }
}
