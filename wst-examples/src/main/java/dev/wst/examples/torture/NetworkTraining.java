package dev.wst.examples.torture;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.wst.calls.CallLimits;
import dev.wst.examples.pair.EmbeddedPair;
import dev.wst.rl.Algorithm;
import dev.wst.student.TransformerChatModel;
import dev.wst.teacher.TransformerTeacher;
import dev.wst.training.WstTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The embedded pair trained with its student behind a faulty server, and once more behind one without faults. */
record NetworkTraining(Algorithm algorithm, int steps, long seed, CallLimits limits) {
    /** Rewards stand in the rollouts; the adapter is what the advantages made of them. */
    private static final List<String> FILES = List.of("rollouts.jsonl", "adapter/adapter_model.safetensors");

    /** How two runs compare: rollouts, requests that each took, and the files that differ. */
    record Outcome(int rollouts, int requestsWithout, int requestsWith, long unscored, List<String> different) {
        boolean holds() {
            return different.isEmpty();
        }

        @Override
        public String toString() {
            return rollouts + " rollouts, " + requestsWithout + " requests without faults and " + requestsWith
                    + " with them, " + unscored + " unscored; "
                    + (holds() ? "rewards and adapter are equal" : "different: " + different);
        }
    }

    /** @param directory empty; both runs are left in it */
    Outcome compare(Faults faults, Path directory) throws IOException {
        Path calm = directory.resolve("calm");
        Path stormy = directory.resolve("stormy");
        int requestsWithout = train(Faults.none(), calm);
        int requestsWith = train(faults, stormy);
        List<String> different = new ArrayList<>();
        for (String file : FILES) {
            if (Files.mismatch(calm.resolve(file), stormy.resolve(file)) >= 0) {
                different.add(file);
            }
        }
        List<String> rollouts = Files.readAllLines(stormy.resolve("rollouts.jsonl"));
        long unscored =
                rollouts.stream().filter(line -> line.contains("\"unscored\"")).count();
        return new Outcome(rollouts.size(), requestsWithout, requestsWith, unscored, different);
    }

    private int train(Faults faults, Path run) throws IOException {
        try (TransformerTeacher teacher = EmbeddedPair.teacher(seed);
                TransformerChatModel student = EmbeddedPair.studentModel();
                FaultyServer server =
                        new FaultyServer(faults, (system, question) -> answer(student, system, question))) {
            WstTrainer.builder()
                    .teacher(teacher)
                    .student(RemoteStudent.at(server.url(), limits.timeout()))
                    .studentCalls(limits)
                    .reward(EmbeddedPair.reward())
                    .tasks(EmbeddedPair.training(100, seed))
                    .algorithm(algorithm)
                    .sampling(EmbeddedPair.sampling())
                    .batch(4)
                    .samples(4)
                    .steps(steps)
                    .seed(seed)
                    .runDirectory(run)
                    .build()
                    .fit();
            return server.requests();
        }
    }

    private static String answer(TransformerChatModel student, String system, String question) {
        List<ChatMessage> messages = new ArrayList<>();
        if (!system.isEmpty()) {
            messages.add(SystemMessage.from(system));
        }
        messages.add(UserMessage.from(question));
        return student.chat(messages).aiMessage().text();
    }
}
