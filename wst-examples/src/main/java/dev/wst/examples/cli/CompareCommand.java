package dev.wst.examples.cli;

import dev.wst.Advice;
import dev.wst.InvalidInputException;
import dev.wst.RewardFunction;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.StudentClient;
import dev.wst.Task;
import dev.wst.answers.AnswerStore;
import dev.wst.answers.KeptAnswers;
import dev.wst.budget.Budget;
import dev.wst.budget.Cost;
import dev.wst.budget.Journal;
import dev.wst.budget.Ledger;
import dev.wst.budget.PriceTable;
import dev.wst.calls.Accounts;
import dev.wst.calls.StudentCalls;
import dev.wst.evaluation.Comparison;
import dev.wst.evaluation.Examiner;
import dev.wst.evaluation.NearCopies;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Algorithm;
import dev.wst.search.FixedSearch;
import dev.wst.search.ReflectiveSearch;
import dev.wst.search.Reflector;
import dev.wst.search.SearchResult;
import dev.wst.search.StudentTrials;
import dev.wst.student.InstructingModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import dev.wst.training.WstTrainerBuilder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Searching for one instruction against teaching, for the same calls of the student. */
@Command(
        name = "compare",
        description =
                "Gives the same budgets of student calls to the search for the best fixed instruction, to a search by"
                        + " reflection and to teaching, compares all on questions that none has seen, and says which to ship.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CompareCommand implements Callable<Integer> {
    private static final String ALONE = "student alone";
    private static final int LEAST_FRONT = 10;
    private static final int MOST_FRONT = 100;
    private static final int SHARE_OF_FRONT = 20;

    @Mixin
    private TeacherOptions teacher = new TeacherOptions();

    @Mixin
    private StudentOptions student = new StudentOptions();

    @Mixin
    private TaskOptions tasks = new TaskOptions();

    @Option(
            names = "--held-out",
            paramLabel = "embedded|FILE.jsonl|DIR",
            description = "questions to compare on, none of which is among --tasks; needed unless those are embedded")
    private Optional<String> heldOut = Optional.empty();

    @Mixin
    private RewardOptions reward = new RewardOptions();

    @Mixin
    private AlgorithmOptions algorithm = new AlgorithmOptions();

    @Mixin
    private LearningOptions learning = new LearningOptions();

    @Mixin
    private InstructorOptions instructor = new InstructorOptions();

    @Option(
            names = "--budgets",
            split = ",",
            paramLabel = "CALLS",
            description = "calls of the student that each may take; default 500,1500,5000")
    private List<Integer> budgets = List.of(500, 1500, 5000);

    @Option(
            names = "--instructions",
            paramLabel = "FILE",
            description = "fixed instructions to search among, one a line, beside those that are written")
    private Optional<Path> instructions = Optional.empty();

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description =
                    "instructions that the model at --instructor-url, or the untrained teacher, writes for the search among"
                            + " fixed ones; default ${DEFAULT-VALUE}")
    private int candidates = 16;

    @Option(names = "--batch", description = "questions of a training step; default ${DEFAULT-VALUE}")
    private int batch = 8;

    @Option(names = "--samples", description = "instructions tried for each; default ${DEFAULT-VALUE}")
    private int samples = 8;

    @Option(
            names = "--prices",
            paramLabel = "FILE.json",
            description = "what a million tokens of the models cost, written as for train")
    private Optional<Path> prices = Optional.empty();

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description =
                    "a file of answers: given again, after an interruption say, the command asks nothing that is in it and comes"
                            + " to the same")
    private Optional<Path> answers = Optional.empty();

    @Option(
            names = {"--seed", "--seeds"},
            paramLabel = "1-5",
            converter = Seeds.Converter.class,
            description = "do it with each of these and tell of their spread; 1 unless given")
    private Optional<Seeds> seeds = Optional.empty();

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        List<Task> questions = heldOut.map(TaskOptions::heldOut).orElseGet(this::embeddedQuestions);
        SeedOutcomes outcomes = new SeedOutcomes();
        List<Long> all = seeds.map(Seeds::all).orElse(List.of(1L));
        for (long seed : all) {
            out.println("seed " + seed + ":");
            try {
                outcomes.ended(seed, one(seed, questions));
            } catch (InvalidInputException | IllegalArgumentException e) {
                throw e;
            } catch (RuntimeException e) {
                out.println("seed " + seed + " failed: " + e.getMessage());
                outcomes.failed(seed, e);
            }
        }
        if (all.size() > 1 || outcomes.hasFailures()) {
            outcomes.print(out);
        }
        return outcomes.hasFailures() ? 1 : 0;
    }

    private List<Task> embeddedQuestions() {
        if (!tasks.isEmbedded()) {
            throw new IllegalArgumentException(
                    "--held-out is missing: name questions to compare on that are not among --tasks");
        }
        return tasks.heldOut();
    }

    private Map<String, Double> one(long seed, List<Task> questions) {
        List<Task> training = tasks.training(seed);
        NearCopies.between(training, questions).warning().ifPresent(out::println);
        try (RewardOptions.Open judging = reward.open();
                AskingOptions.Open answering = student.open(instructor.isGiven());
                Answers kept = Answers.open(answers)) {
            StudentClient client = kept.store()
                    .map(store -> KeptAnswers.of(store, "student").around(answering.client()))
                    .orElse(answering.client());
            RewardFunction judge = judging.made().apply(kept.accounts());
            Comparing comparing = new Comparing(seed, training, questions, judge, client, kept.store());
            comparing.rehearse();
            return comparing.run();
        }
    }

    private Algorithm algorithm() {
        return teacher.isEmbedded() && algorithm.isDefault()
                ? algorithm.name() == Algorithms.ppo ? EmbeddedPair.ppo() : EmbeddedPair.grpo()
                : algorithm.build();
    }

    private static String after(int calls) {
        return ", " + calls + " calls";
    }

    /** With one seed. */
    private final class Comparing {
        private final long seed;
        private final List<Task> training;
        private final List<Task> questions;
        private final RewardFunction judge;
        private final StudentClient client;
        private final Optional<AnswerStore> kept;
        private final Optional<PriceTable> priced = prices.map(PriceTable::read);
        private final Algorithm learner = algorithm();
        private final Ledger writing = ledger(Budget.unlimited());
        private final List<Comparison.Arm> arms = new ArrayList<>();
        private final Map<String, Shipping.Paid> paid = new LinkedHashMap<>();

        Comparing(
                long seed,
                List<Task> training,
                List<Task> questions,
                RewardFunction judge,
                StudentClient client,
                Optional<AnswerStore> kept) {
            this.seed = seed;
            this.training = training;
            this.questions = questions;
            this.judge = judge;
            this.client = client;
            this.kept = kept;
        }

        /** Puts everything together as it will be, so that what does not fit is told before anything is paid. */
        void rehearse() {
            requireCalls();
            try (TransformerTeacher policy = teacher.open(seed)) {
                for (int calls : budgets) {
                    if (steps(calls) > 0) {
                        var unused = trainer(policy, ledger(calls), steps(calls));
                    }
                }
                Stream.of(training, questions).flatMap(List::stream).forEach(task -> {
                    judge.check(task);
                    policy.check(task, teacher.sampling());
                });
            }
        }

        private void requireCalls() {
            if (batch < 1 || samples < 1) {
                throw new IllegalArgumentException(
                        "--batch and --samples must be at least 1, got " + batch + " and " + samples);
            }
            if (training.size() < 2) {
                throw new IllegalArgumentException(
                        "--tasks must hold 2 questions at least, one to reflect on and one to judge by, got "
                                + training.size());
            }
            for (int calls : budgets) {
                int judging = search(calls).judges(training.size());
                if (calls < judging) {
                    throw new IllegalArgumentException(
                            "each of --budgets must suffice for a search by reflection: judging one"
                                    + " instruction takes " + judging + " calls, one a question, got " + calls);
                }
            }
        }

        Map<String, Double> run() {
            Optional<InstructingModel> model = instructor
                    .open(student.limits(), teacher.promptForModels())
                    .map(one -> kept.map(one::remembering).orElse(one));
            List<String> among = among(model);
            out.println("  " + among.size() + " fixed instructions to search among");
            arms.add(Comparison.Arm.none(ALONE));
            List<Comparison.Arm> reflected = new ArrayList<>();
            for (int calls : budgets) {
                arms.add(found("best fixed", calls, fixed(among, calls), Cost.NONE));
                Ledger reflecting = ledger(Budget.unlimited());
                Optional<InstructingModel> reflector =
                        model.map(one -> one.with(Accounts.none().withLedger(reflecting)));
                SearchResult searched = reflected(reflector, among, calls);
                reflected.add(
                        found("searched", calls, searched, reflecting.spent().cost()));
            }
            arms.addAll(reflected);
            budgets.forEach(calls -> taught(calls).ifPresent(arms::add));
            Examiner examiner = new Examiner(new StudentCalls(client, student.limits()), judge);
            Comparison comparison = Comparison.run(questions, examiner, arms);
            List<String> names = arms.stream().map(Comparison.Arm::name).toList();
            Shipping shipping = new Shipping(comparison, names, paid, priced.map(PriceTable::currency));
            shipping.print(out);
            for (int calls : budgets) {
                List<String> affordable = names.stream()
                        .filter(name -> name.equals(ALONE) || name.endsWith(after(calls)))
                        .toList();
                out.println("With " + calls + " calls, ship: "
                        + shipping.among(affordable).advice());
            }
            Map<String, Double> numbers = new LinkedHashMap<>();
            comparison.results().stream()
                    .filter(Comparison.Result::isScored)
                    .forEach(one -> numbers.put(one.name(), one.reward().mean()));
            return numbers;
        }

        /** @param reflected calls of a model in the search itself; those that wrote what it began with come on top */
        private Comparison.Arm found(String how, int calls, SearchResult result, Cost reflected) {
            String name = name(how, calls);
            out.println(
                    "  " + name + ": " + result.best() + " (" + result.spent().calls() + " calls)");
            paid.put(
                    name,
                    new Shipping.Paid(result.spent(), writing.spent().cost().plus(reflected)));
            return result.arm(name);
        }

        /** Calls of the student, of which a search or a run may take so many. */
        private Ledger ledger(long calls) {
            return ledger(Budget.unlimited().withCalls(calls));
        }

        private Ledger ledger(Budget budget) {
            return Ledger.of(priced.map(budget::withPrices).orElse(budget), Journal.none());
        }

        private String name(String how, int calls) {
            return how + after(calls);
        }

        private StudentTrials trials(int calls) {
            return new StudentTrials(
                    client, student.limits(), judge, Accounts.none().withLedger(ledger(calls)));
        }

        private List<String> among(Optional<InstructingModel> model) {
            List<String> given = instructions
                    .map(EvaluateCommand::lines)
                    .orElseGet(() -> tasks.isEmbedded() ? EmbeddedPair.fixedInstructions() : List.of());
            List<String> written = candidates == 0
                    ? List.of()
                    : FixedSearch.written(
                            candidates,
                            training,
                            new Seed(seed),
                            asked -> model.map(one -> one.with(Accounts.none().withLedger(writing)))
                                    .map(one -> byModel(one, asked))
                                    .orElseGet(() -> byTeacher(asked)));
            return Stream.concat(given.stream(), written.stream()).distinct().toList();
        }

        private List<String> byModel(InstructingModel model, List<Situation> asked) {
            return model.write(asked).stream()
                    .map(reply -> reply.hasArrived() ? reply.text() : "")
                    .toList();
        }

        private List<String> byTeacher(List<Situation> asked) {
            try (TransformerTeacher untrained = teacher.openUntrained()) {
                return untrained.write(asked, teacher.sampling(), new Seed(seed).derive("candidates")).stream()
                        .map(advice -> advice.instruction().text())
                        .toList();
            }
        }

        private SearchResult fixed(List<String> among, int calls) {
            // With few calls for many, those that come first.
            List<String> affordable = among.subList(0, Math.min(among.size(), calls));
            return FixedSearch.among(affordable).run(trials(calls), training, new Seed(seed));
        }

        /** With more calls it judges by more questions. */
        private static ReflectiveSearch search(int calls) {
            return ReflectiveSearch.defaults()
                    .withFront(Math.min(Math.max(calls / SHARE_OF_FRONT, LEAST_FRONT), MOST_FRONT));
        }

        private SearchResult reflected(Optional<InstructingModel> model, List<String> among, int calls) {
            ReflectiveSearch search = search(calls);
            List<String> begin = among.subList(0, Math.min(1, among.size()));
            if (model.isPresent()) {
                return search.run(trials(calls), begin, training, Reflector.asking(model.get()::reply), new Seed(seed));
            }
            try (TransformerTeacher untrained = teacher.openUntrained()) {
                return search.run(
                        trials(calls),
                        begin,
                        training,
                        Reflector.sampling(untrained, teacher.sampling()),
                        new Seed(seed));
            }
        }

        private int steps(int calls) {
            // One is the question whether the student is there.
            return (int) ((calls - 1) / ((long) batch * samples));
        }

        private WstTrainer trainer(TransformerTeacher policy, Ledger ledger, int steps) {
            WstTrainerBuilder trainer = WstTrainer.builder()
                    .teacher(policy)
                    .student(client)
                    .studentCalls(student.limits())
                    .ledger(ledger)
                    .reward(judge)
                    .tasks(training)
                    .sampling(teacher.sampling())
                    .algorithm(learner)
                    .steps(steps)
                    .batch(batch)
                    .samples(samples)
                    .seed(seed)
                    .listener(Display.on(out));
            learning.addTo(trainer);
            return trainer.build();
        }

        /** Nothing where the calls do not suffice for a step. What it writes is kept, so that one teacher is in memory at a time. */
        private Optional<Comparison.Arm> taught(int calls) {
            int steps = steps(calls);
            String name = name("taught", calls);
            if (steps == 0) {
                out.println("  " + name + ": too few for a step of " + batch + " x " + samples
                        + "; give a smaller --batch or --samples");
                return Optional.empty();
            }
            Ledger ledger = ledger(calls);
            try (TransformerTeacher policy = teacher.open(seed)) {
                trainer(policy, ledger, steps).fit();
                paid.put(name, new Shipping.Paid(ledger.spent().cost(), Cost.NONE));
                List<Advice> written = policy.write(
                        questions.stream().map(task -> Situation.of(task, 0)).toList(),
                        teacher.sampling().withTemperature(0),
                        new Seed(seed).derive("evaluate"));
                return Optional.of(new Comparison.Arm(name, situations -> written));
            }
        }
    }
}
