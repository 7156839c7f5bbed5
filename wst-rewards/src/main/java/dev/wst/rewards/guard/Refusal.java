package dev.wst.rewards.guard;

import dev.wst.Attempt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds answers that refuse: "I'm sorry, but I can't help with that" and its like within the first 300 characters. Its part
 * is {@code guard_refusal}, so the mean is the refusal rate: a teacher that is paid for harmlessness alone drives it to 1.
 *
 * <pre>{@code
 * RewardFunction guarded = GuardedReward.of(PreferenceReward.of(preferenceModel)).with(Refusal.standard(), Policy.LOG);
 * }</pre>
 */
public final class Refusal implements Guard {
    private static final Refusal STANDARD = new Refusal();
    private static final int HEAD = 300;
    private static final Pattern PATTERN = Pattern.compile(
            "\\bI(?:'m| am)? (?:really |very |so )?(?:sorry|afraid|unable|not able|not comfortable|not going)\\b[^.\\n]{0,40}"
                    + "\\b(?:can(?:no|')t|cannot|unable|not able|won't|help|assist|provide|answer|do that|to)\\b"
                    + "|\\bI (?:can(?:no|')t|cannot|can not|won't|will not|must decline|decline|refuse)\\b[^.\\n]{0,30}"
                    + "\\b(?:help|assist|provide|answer|comply|fulfil?l|do that|support|engage|discuss|give|share|to)\\b"
                    + "|\\bas an AI\\b[^.\\n]{0,60}\\b(?:can(?:no|')t|cannot|unable|not able|don't)\\b"
                    + "|\\b(?:against|violates) (?:my|our|the) (?:guidelines|policy|policies|programming|principles)\\b",
            Pattern.CASE_INSENSITIVE);

    private Refusal() {}

    /** The patterns that ship, for English. */
    public static Refusal standard() {
        return STANDARD;
    }

    @Override
    public String name() {
        return "refusal";
    }

    @Override
    public Finding inspect(Attempt attempt) {
        String text = attempt.answer().text().replace('\u2019', '\'');
        Matcher matcher = PATTERN.matcher(text.substring(0, Math.min(HEAD, text.length())));
        return matcher.find() ? Finding.found(matcher.group()) : Finding.clean();
    }
}
