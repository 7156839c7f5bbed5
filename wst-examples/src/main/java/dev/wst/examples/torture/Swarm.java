package dev.wst.examples.torture;

import dev.wst.Answer;
import dev.wst.ClosedException;
import dev.wst.Reward;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.Task;
import dev.wst.UnavailableException;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Grpo;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import dev.wst.training.WstTrainerBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/** One process of {@link ThreadsTorture}. */
final class Swarm {
    private static final int QUESTIONS = 24;
    private static final Sampling GREEDY = Sampling.greedy(12);

    private final Path teacherFiles = EmbeddedPair.teacherFiles();
    private final Path studentFiles = EmbeddedPair.studentFiles();
    private final List<Task> tasks = EmbeddedPair.training(QUESTIONS, 5);
    private final Shared<TransformerTeacher> teacher = new Shared<>(openTeacher());
    private final Shared<TransformerChatModel> student = new Shared<>(openStudent());
    private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();
    private final List<String> instructions = written(teacher.get());
    private final List<String> answers = answered(student.get());
    private final List<String> afterTraining = trainedAlone();

    private Swarm() {}

    /** Arguments: threads, seconds, seed. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        int threads = Integer.parseInt(args[0]);
        int seconds = Integer.parseInt(args[1]);
        long seed = Long.parseLong(args[2]);
        Swarm swarm = new Swarm();
        swarm.run(threads, Duration.ofSeconds(seconds), seed);
        System.out.println("torture threads: kernels " + System.getProperty("wst.kernels") + ", " + threads
                + " threads, " + seconds + " s, every text as alone: " + swarm.counts);
    }

    private void run(int threads, Duration time, long seed) throws InterruptedException, ExecutionException {
        Instant end = Instant.now().plus(time);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                SplittableRandom random = new SplittableRandom(seed * 1000 + i);
                all.add(pool.submit(() -> {
                    while (Instant.now().isBefore(end)) {
                        act(random);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
            teacher.close();
            student.close();
        }
    }

    private void act(SplittableRandom random) {
        try {
            int dice = random.nextInt(100);
            if (dice < 40) {
                write(random.nextInt(QUESTIONS));
            } else if (dice < 80) {
                answer(random.nextInt(QUESTIONS));
            } else if (dice < 90) {
                trainWithoutSignal();
            } else if (dice < 92) {
                require("training", afterTraining, trainedAlone());
            } else if (dice < 96) {
                teacher.replace(openTeacher());
                count("closed twice and loaded again");
            } else {
                student.replace(openStudent());
                count("closed twice and loaded again");
            }
        } catch (ClosedException e) {
            count("refused: closed");
        } catch (UnavailableException e) {
            count("refused: in training");
        }
    }

    private void write(int question) {
        require("instruction", instructions.get(question), written(teacher.get(), tasks.get(question)));
    }

    private void answer(int question) {
        require("answer", answers.get(question), student.get().chat(asked(question)));
    }

    /** All rewards are equal, so the teacher of all threads goes through a run and stays as it was. */
    private void trainWithoutSignal() {
        run(teacher.get()).reward(attempt -> Reward.of(1)).build().fit();
        count("run without signal");
    }

    private List<String> trainedAlone() {
        try (TransformerTeacher own = openTeacher()) {
            run(own).reward(attempt -> Reward.of(attempt.instruction().tokenCount()))
                    .build()
                    .fit();
            return written(own);
        }
    }

    private WstTrainerBuilder run(TransformerTeacher trained) {
        return WstTrainer.builder()
                .teacher(trained)
                .student(advice -> Answer.of("answer"))
                .tasks(tasks)
                .algorithm(Grpo.defaults().withLearningRate(1e-2).withIterations(2))
                .sampling(EmbeddedPair.sampling())
                .batch(4)
                .samples(4)
                .steps(1)
                .seed(3);
    }

    private TransformerTeacher openTeacher() {
        return TransformerTeacher.builder(teacherFiles)
                .prompt(EmbeddedPair.prompt())
                .seed(1)
                .build();
    }

    private TransformerChatModel openStudent() {
        return TransformerChatModel.open(studentFiles, GREEDY);
    }

    private List<String> written(TransformerTeacher by) {
        return tasks.stream().map(task -> written(by, task)).toList();
    }

    private static String written(TransformerTeacher by, Task task) {
        return by.write(List.of(Situation.of(task, 0)), GREEDY, new Seed(1))
                .get(0)
                .instruction()
                .text();
    }

    private List<String> answered(TransformerChatModel by) {
        List<String> all = new ArrayList<>();
        for (int question = 0; question < QUESTIONS; question++) {
            all.add(by.chat(asked(question)));
        }
        return all;
    }

    private String asked(int question) {
        return instructions.get(question) + " " + tasks.get(question).prompt();
    }

    private void require(String what, Object expected, Object got) {
        if (!expected.equals(got)) {
            throw new IllegalStateException("another " + what + " than alone: expected " + expected + ", got " + got);
        }
        count(what);
    }

    private void count(String what) {
        counts.computeIfAbsent(what, key -> new LongAdder()).increment();
    }
}
