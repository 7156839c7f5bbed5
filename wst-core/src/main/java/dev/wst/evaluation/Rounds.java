package dev.wst.evaluation;

import dev.wst.Advice;
import dev.wst.Attempt;
import dev.wst.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Several rounds at a question: the student drafts, the teacher reads the draft, without its verdict, and writes again.
 *
 * <pre>{@code
 * List<Attempt> last = Rounds.of(
 *         List.of(Situation.of(task, 0)), 2,
 *         asked -> teacher.write(asked, Sampling.greedy(64), new Seed(17)),
 *         toAnswer -> toAnswer.stream().map(advised -> advised.answered(student.answer(advised))).toList());
 * }</pre>
 */
public final class Rounds {
    private Rounds() {}

    /**
     * Goes through all rounds.
     *
     * @param rounds at least 1; a situation whose draft did not arrive has none after it
     * @param write gives each situation its instruction, in order
     * @param answer puts each advice to the student, in order; the first round's may have several attempts for each where there is one
     *     round
     * @return the last attempt at each situation, in order; the drafts before it are in its situation
     */
    public static List<Attempt> of(
            List<Situation> situations,
            int rounds,
            Function<List<Situation>, List<Advice>> write,
            Function<List<Advice>, List<Attempt>> answer) {
        return after(write.apply(situations), rounds, write, answer);
    }

    /** The same where the first round is written already. */
    static List<Attempt> after(
            List<Advice> written,
            int rounds,
            Function<List<Situation>, List<Advice>> write,
            Function<List<Advice>, List<Attempt>> answer) {
        List<Attempt> first = answer.apply(written);
        if (rounds == 1) {
            return first;
        }
        List<Attempt> last = new ArrayList<>(first);
        for (int round = 2; round <= rounds; round++) {
            int[] goOn = arrived(last);
            if (goOn.length == 0) {
                break;
            }
            List<Situation> now = Arrays.stream(goOn)
                    .mapToObj(i -> last.get(i).situation().after(last.get(i)))
                    .toList();
            List<Attempt> attempts = answer.apply(write.apply(now));
            for (int i = 0; i < goOn.length; i++) {
                last.set(goOn[i], attempts.get(i));
            }
        }
        return List.copyOf(last);
    }

    private static int[] arrived(List<Attempt> attempts) {
        return IntStream.range(0, attempts.size())
                .filter(i -> attempts.get(i).answer().hasArrived())
                .toArray();
    }
}
