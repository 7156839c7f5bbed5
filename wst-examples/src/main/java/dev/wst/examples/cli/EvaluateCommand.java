package dev.wst.examples.cli;

import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Task;
import dev.wst.budget.PriceTable;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.evaluation.NearCopies;
import dev.wst.metrics.KeptComparison;
import dev.wst.metrics.RunReader;
import dev.wst.teacher.TransformerTeacher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a trained teacher, the untrained one, fixed instructions and no instruction to the same questions. */
@Command(
        name = "evaluate",
        description = "Compares ways of instructing a student on the same questions, with 95 %% intervals.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {
    private static final String ALONE = "student alone";
    private static final String UNTRAINED = "untrained teacher";
    private static final String TRAINED = "trained teacher";
    private static final long SEED = 1;

    @Mixin
    private TeacherOptions teacher = new TeacherOptions();

    @Mixin
    private StudentOptions student = new StudentOptions();

    @Mixin
    private TaskOptions tasks = new TaskOptions();

    @Mixin
    private RewardOptions reward = new RewardOptions();

    @Option(names = "--instructions", paramLabel = "FILE", description = "fixed instructions, one a line")
    private Optional<Path> instructions = Optional.empty();

    @Mixin
    private InstructorOptions instructor = new InstructorOptions();

    @Option(
            names = "--beside",
            split = ",",
            paramLabel = "DIR",
            description = "adapters that other runs have trained on the same model, compared too")
    private List<Path> others = List.of();

    @Option(
            names = "--training",
            paramLabel = "FILE",
            description = "what the teacher was trained on, to name questions that are, or nearly are, among it")
    private Optional<String> training = Optional.empty();

    @Option(names = "--sampled", description = "let the teacher sample instead of writing the likeliest instruction")
    private boolean sampled;

    @Option(names = "--seed", description = "of --sampled, and of --training embedded; default " + SEED)
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description =
                    "the run that trained the teacher: keeps the comparison in its directory and writes its report anew")
    private Optional<Path> run = Optional.empty();

    @Option(
            names = "--rounds",
            description = "of the teacher and, beside it, of the student alone: the student's draft is read in between;"
                    + " ${DEFAULT-VALUE} unless given")
    private int rounds = 1;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "a file of answers shared with runs and other evaluations: what is in it is not asked again")
    private Optional<Path> answers = Optional.empty();

    @Option(
            names = "--prices",
            paramLabel = "FILE.json",
            description = "what a million tokens of the models cost, written as for train: tells what each way cost")
    private Optional<Path> prices = Optional.empty();

    @Option(names = "--examples", description = "questions to print; default ${DEFAULT-VALUE}")
    private int examples = 5;

    @Override
    public Integer call() {
        teacher.ofTraining().refuseBeside("training");
        if (!sampled) {
            boolean isSeedHeard = training.filter(TaskOptions::isEmbedded).isPresent();
            teacher.ofDrawing().with("--seed", !isSeedHeard && seed.isPresent()).refuseWithout("--sampled");
        }
        if (run.isPresent() && !teacher.hasAdapter()) {
            throw new IllegalArgumentException("--run keeps what a trained teacher is worth; give that too: --adapter "
                    + run.get().resolve("adapter"));
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("--rounds must be at least 1, got " + rounds);
        }
        // Before anything is asked: a directory that is none is told at once.
        Optional<RunReader> kept = run.map(RunReader::open);
        Optional<PriceTable> table = prices.map(PriceTable::read);
        List<Task> heldOut = tasks.heldOut();
        training.map(where -> NearCopies.between(TaskOptions.training(where, seed()), heldOut))
                .flatMap(NearCopies::warning)
                .ifPresent(System.out::println);
        openTeachers(heldOut);
        Compared compared = compared(heldOut, table);
        show(compared, heldOut.size());
        kept.ifPresent(one -> keep(compared.comparison, one));
        return 0;
    }

    private record Compared(Comparison comparison, Optional<Prices> prices) {}

    /** Once each, and closes them: one that cannot be opened, or not write for a question, is told before anything is asked. */
    private void openTeachers(List<Task> questions) {
        List<Supplier<TransformerTeacher>> all = new ArrayList<>(List.of(teacher::openUntrained));
        others.forEach(other -> all.add(() -> teacher.openOther(other)));
        if (teacher.hasAdapter()) {
            all.add(() -> teacher.open(seed()));
        }
        all.forEach(opened -> {
            try (TransformerTeacher policy = opened.get()) {
                questions.forEach(question -> policy.check(question, sampling()));
            }
        });
    }

    private Compared compared(List<Task> heldOut, Optional<PriceTable> table) {
        List<String> fixed = instructions.map(EvaluateCommand::lines).orElse(List.of());
        try (Answers shared = Answers.open(answers);
                AskingOptions.Open answering = student.open(instructor.isGiven());
                RewardOptions.Open judging = reward.open()) {
            Optional<Prices> priced =
                    table.map(one -> Prices.of(one, answering.client(), heldOut.get(0), instructor.model()));
            Examiner examiner = new Examiner(
                    new StudentCalls(answering.client(), student.limits(), shared.accounts()),
                    judging.made().apply(shared.accounts()));
            return new Compared(Comparison.run(heldOut, examiner, arms(fixed, shared)), priced);
        }
    }

    private List<Comparison.Arm> arms(List<String> fixed, Answers shared) {
        List<Comparison.Arm> arms = new ArrayList<>();
        arms.add(Comparison.Arm.none(ALONE));
        fixed.forEach(text -> arms.add(Comparison.Arm.fixed("always \"" + text + "\"", text)));
        instructor
                .arm(student.limits(), teacher.promptForModels(), shared.accounts())
                .ifPresent(arms::add);
        arms.add(arm(UNTRAINED, teacher::openUntrained));
        if (rounds > 1) {
            arms.add(Comparison.Arm.none(inRounds(ALONE)).inRounds(rounds));
        }
        others.forEach(other -> addTaught("teacher of " + other, () -> teacher.openOther(other), arms));
        if (teacher.hasAdapter()) {
            addTaught(TRAINED, () -> teacher.open(seed()), arms);
        }
        return arms;
    }

    private void addTaught(String name, Supplier<TransformerTeacher> opened, List<Comparison.Arm> arms) {
        arms.add(arm(name, opened));
        if (rounds > 1) {
            arms.add(arm(inRounds(name), opened).inRounds(rounds));
        }
    }

    private String inRounds(String arm) {
        return arm + " in " + rounds + " rounds";
    }

    private void keep(Comparison comparison, RunReader run) {
        new KeptComparison(comparison, rounds > 1 ? inRounds(TRAINED) : TRAINED, Optional.of(UNTRAINED))
                .write(run.path());
        System.out.println();
        System.out.println("The report: open " + Reports.of(run).write().toAbsolutePath());
    }

    /** Opens the teacher only while it writes, so that one of several is in memory at a time. */
    private Comparison.Arm arm(String name, Supplier<TransformerTeacher> opened) {
        return new Comparison.Arm(name, attempts -> {
            try (TransformerTeacher policy = opened.get()) {
                return policy.write(attempts, sampling(), new Seed(seed()).derive("evaluate"));
            }
        });
    }

    private long seed() {
        return seed.orElse(SEED);
    }

    private Sampling sampling() {
        return sampled ? teacher.sampling() : teacher.sampling().withTemperature(0);
    }

    private void show(Compared compared, int questions) {
        Comparison comparison = compared.comparison;
        Table table = new Table(System.out);
        System.out.println("Mean reward on " + questions + " questions, with 95 % intervals:");
        table.print(comparison);
        String last = comparison.results().get(comparison.results().size() - 1).name();
        List<String> others = comparison.results().stream()
                .map(Comparison.Result::name)
                .filter(name -> !name.equals(last))
                .toList();
        table.differences(comparison, last, others);
        table.cost(comparison, compared.prices);
        table.categories(comparison, last, ALONE);
        table.examples(
                comparison,
                last,
                IntStream.range(0, Math.min(examples, questions)).boxed().toList());
    }

    static List<String> lines(Path file) {
        try {
            List<String> lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw new IllegalArgumentException(file + " holds no instruction; write one a line");
            }
            return lines;
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e, e);
        }
    }
}
