package dev.wst.rewards;

import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.ModelCall;
import dev.wst.Reward;
import dev.wst.RewardFunction;
import dev.wst.Task;
import dev.wst.WstException;
import dev.wst.answers.AnswerKey;
import dev.wst.answers.AnswerStore;
import dev.wst.calls.Accounts;
import dev.wst.calls.Verdicts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A reward that judges each attempt once: its verdicts are kept, and what it has judged, in this run or another, it is not asked
 * about again. For rewards of your own that cost money or time; those of this library that ask somebody keep what they are told
 * themselves.
 *
 * <pre>{@code
 * WstTrainer trainer = WstTrainer.builder()
 *         .teacher(teacher).student(student).tasks(tasks)
 *         .rewardFrom(accounts -> KeptReward.of("my grader, version 3", reward).with(accounts))
 *         .build();
 * }</pre>
 *
 * <p>A verdict is kept under the name, the task, the instruction with the turns before it, and the answer. Whatever else it depends
 * on belongs in the name. Attempts without a verdict are judged again. Not for a reward that compares the attempts of a batch.
 */
public final class KeptReward implements RewardFunction {
    private final String name;
    private final RewardFunction reward;
    private final Optional<AnswerStore> store;

    private KeptReward(String name, RewardFunction reward, Optional<AnswerStore> store) {
        this.name = name;
        this.reward = Objects.requireNonNull(reward, "reward");
        this.store = store;
    }

    /**
     * A reward that keeps nothing yet.
     *
     * @param name of the reward and the version of what it asks
     * @throws IllegalArgumentException if the name is blank
     */
    public static KeptReward of(String name, RewardFunction reward) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("verdicts are kept under the name of their reward, got a blank one");
        }
        return new KeptReward(name, reward, Optional.empty());
    }

    /** With verdicts in a store. */
    public KeptReward keptIn(AnswerStore answers) {
        return new KeptReward(name, reward, Optional.of(answers));
    }

    /** With verdicts where these accounts say, such as those of a run; nowhere if they keep nothing. */
    public KeptReward with(Accounts accounts) {
        return new KeptReward(name, reward, accounts.answers());
    }

    @Override
    public void check(Task task) {
        reward.check(task);
    }

    @Override
    public List<ModelCall> calls(Attempt attempt) {
        return reward.calls(attempt);
    }

    @Override
    public Reward score(Attempt attempt) {
        return WstException.resultOf(scoreAll(List.of(attempt))).get(0);
    }

    /** Those not judged before go to the reward in one batch; equal attempts share their verdict. */
    @Override
    public CompletionStage<List<Reward>> scoreAll(List<Attempt> attempts) {
        if (store.isEmpty()) {
            return reward.scoreAll(attempts);
        }
        AnswerStore verdicts = store.get();
        Map<AnswerKey, Reward> known = new LinkedHashMap<>();
        Map<AnswerKey, Attempt> unknown = new LinkedHashMap<>();
        List<AnswerKey> keys = new ArrayList<>();
        for (Attempt attempt : attempts) {
            AnswerKey key = key(attempt);
            keys.add(key);
            if (!known.containsKey(key) && !unknown.containsKey(key)) {
                verdicts.find(key)
                        .ifPresentOrElse(
                                text -> known.put(key, WrittenVerdict.read(text)), () -> unknown.put(key, attempt));
            }
        }
        return judged(unknown).thenApply(fresh -> {
            fresh.forEach((key, verdict) -> known.put(key, kept(verdicts, key, verdict)));
            return keys.stream()
                    .map(key -> Objects.requireNonNull(known.get(key)))
                    .toList();
        });
    }

    private CompletableFuture<Map<AnswerKey, Reward>> judged(Map<AnswerKey, Attempt> attempts) {
        return Verdicts.of(reward, List.copyOf(attempts.values())).thenApply(verdicts -> {
            Map<AnswerKey, Reward> byKey = new LinkedHashMap<>();
            Iterator<Reward> next = verdicts.iterator();
            attempts.keySet().forEach(key -> byKey.put(key, next.next()));
            return byKey;
        });
    }

    private static Reward kept(AnswerStore store, AnswerKey key, Reward verdict) {
        return verdict.isScored() ? WrittenVerdict.read(store.keep(key, WrittenVerdict.of(verdict))) : verdict;
    }

    private AnswerKey key(Attempt attempt) {
        Answer answer = attempt.answer();
        String content = ModelCall.joined(List.of(
                ModelCall.of(attempt.advice()).content(),
                attempt.task().reference().map(reference -> "=" + reference).orElse(""),
                String.valueOf(attempt.instruction().tokenCount()),
                answer.text(),
                answer.finish().name(),
                answer.outputTokens().toString()));
        return AnswerKey.of("verdict", new ModelCall(name, content, 0, OptionalInt.empty()), 0);
    }

    @Override
    public String toString() {
        return "KeptReward[" + name + ": " + RewardFunction.describe(reward) + "]";
    }
}
