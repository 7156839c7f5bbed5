package dev.wst.examples.bench;

import dev.wst.RewardFunction;
import dev.wst.Rollout;
import dev.wst.Seed;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.calls.CallLimits;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.evaluation.Interval;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.examples.pair.WordyStudent;
import dev.wst.rewards.Rewards;
import dev.wst.rewards.text.AnswerCost;
import dev.wst.teacher.TransformerTeacher;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a penalty for the student's tokens saves, and what it costs in right answers. */
@Command(
        name = "cheaper",
        description = "Trains two teachers, one with a penalty for each token of an answer in its reward, and compares"
                + " right answers and tokens on questions never trained on.",
        mixinStandardHelpOptions = true)
final class CheaperBench implements Callable<Integer> {
    private static final String PLAIN = "right";
    private static final String PENALISED = "right and short";

    @Option(names = "--steps", description = "training steps of each; default ${DEFAULT-VALUE}")
    private int steps = 200;

    @Option(names = "--penalty", description = "for a token, where a right answer is worth 1; default ${DEFAULT-VALUE}")
    private double penalty = 0.005;

    @Option(names = "--questions", description = "to compare on; default ${DEFAULT-VALUE}")
    private int questions = 200;

    @Option(names = "--seed", description = "default ${DEFAULT-VALUE}")
    private long seed = 1;

    private final StudentClient student = new WordyStudent();

    @Override
    public Integer call() {
        RewardFunction right = EmbeddedPair.reward();
        RewardFunction both = Rewards.sum().add("right", right).add("cost", AnswerCost.perToken(penalty));
        try (TransformerTeacher plain = trained(right);
                TransformerTeacher penalised = trained(both)) {
            Comparison comparison = Comparison.run(
                    EmbeddedPair.heldOut(questions, 7),
                    new Examiner(new StudentCalls(student, CallLimits.defaults()), right),
                    List.of(arm(PLAIN, plain), arm(PENALISED, penalised)));
            comparison.results().forEach(CheaperBench::print);
            double saved = 1
                    - tokens(comparison.result(PENALISED)).mean()
                            / tokens(comparison.result(PLAIN)).mean();
            Line line = new Line("cheaper").put("tokens_saved", saved);
            interval(line, "right_difference", comparison.difference(PENALISED, PLAIN))
                    .print();
        }
        return 0;
    }

    private Comparison.Arm arm(String name, TransformerTeacher teacher) {
        return Comparison.Arm.teacher(name, teacher, EmbeddedPair.sampling().withTemperature(0), new Seed(seed));
    }

    private TransformerTeacher trained(RewardFunction reward) {
        TransformerTeacher teacher = EmbeddedPair.teacher(seed);
        List<Task> tasks = EmbeddedPair.training(1000, seed);
        EmbeddedPair.run(teacher, student)
                .reward(reward)
                .tasks(tasks)
                .algorithm(EmbeddedPair.grpo())
                .steps(steps)
                .seed(seed)
                .build()
                .fit();
        return teacher;
    }

    private static void print(Comparison.Result result) {
        Line line = new Line("cheaper").put("reward", result.name());
        interval(line, "right", result.reward());
        interval(line, "student_tokens", tokens(result)).print();
    }

    private static Line interval(Line line, String name, Interval interval) {
        return line.put(name, interval.mean())
                .put(name + "_low", interval.low())
                .put(name + "_high", interval.high());
    }

    private static Interval tokens(Comparison.Result result) {
        return Interval.of(result.rollouts().stream()
                .map(Rollout::attempt)
                .mapToDouble(attempt -> attempt.answer().outputTokens().orElseThrow())
                .toArray());
    }
}
