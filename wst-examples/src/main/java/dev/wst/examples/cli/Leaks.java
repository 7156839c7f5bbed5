package dev.wst.examples.cli;

import dev.wst.RewardFunction;
import dev.wst.rewards.guard.AnswerLeak;
import dev.wst.rewards.guard.GuardedReward;
import dev.wst.rewards.guard.Policy;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** What becomes of an instruction that gives the answer away. */
enum Leaks {
    COUNT(Optional.of(Policy.LOG)),
    PENALISE(Optional.of(Policy.PENALISE)),
    UNSCORE(Optional.of(Policy.UNSCORE)),
    IGNORE(Optional.empty());

    private final Optional<Policy> policy;

    Leaks(Optional<Policy> policy) {
        this.policy = policy;
    }

    /** A reward that heeds it. */
    RewardFunction around(RewardFunction reward) {
        return policy.<RewardFunction>map(what -> GuardedReward.of(reward).with(AnswerLeak.standard(), what))
                .orElse(reward);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For picocli. */
    static final class Converter implements CommandLine.ITypeConverter<Leaks> {
        @Override
        public Leaks convert(String text) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException("--leaks takes "
                            + Arrays.stream(values()).map(Leaks::word).collect(Collectors.joining(", ")) + "; got "
                            + text));
        }
    }
}
