package dev.wst.evaluation;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Instruction;
import dev.wst.Rollout;
import dev.wst.Situation;
import dev.wst.UnavailableException;
import dev.wst.WstException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What an arm wrote: the advice that there is, in order.
 *
 * @param advice one for each situation; that of a reply that did not arrive is empty, and nobody is to see it
 * @param replies of the model that wrote it, one for each situation; empty if none was called
 */
record Written(List<Advice> advice, List<Answer> replies) {
    static Written of(List<Situation> situations, List<Answer> replies) {
        if (replies.size() != situations.size()) {
            throw new WstException("the model that instructs gave " + replies.size() + " answers for "
                    + situations.size() + " situations; it must give one for each, in order");
        }
        return new Written(
                IntStream.range(0, replies.size())
                        .mapToObj(i -> new Advice(situations.get(i), instruction(replies.get(i))))
                        .toList(),
                replies);
    }

    private static Instruction instruction(Answer reply) {
        return reply.hasArrived() ? Instruction.fixed(reply.text().strip()) : Instruction.none();
    }

    /** The advice, if all of it arrived. */
    List<Advice> complete(String arm) {
        replies.stream().flatMap(reply -> reply.failure().stream()).findFirst().ifPresent(failure -> {
            throw new UnavailableException(
                    "an instruction of " + arm + " did not arrive: " + failure.kind() + ": " + failure.message());
        });
        return advice;
    }

    /** The student is asked with the instructions that arrived; the other attempts have failed. */
    List<Rollout> examined(Examiner examiner) {
        if (replies.isEmpty()) {
            return examiner.examine(advice);
        }
        Iterator<Rollout> asked = examiner.examine(IntStream.range(0, advice.size())
                        .filter(i -> replies.get(i).hasArrived())
                        .mapToObj(advice::get)
                        .toList())
                .iterator();
        Iterator<Rollout> failed = examiner.judge(IntStream.range(0, advice.size())
                        .filter(i -> !replies.get(i).hasArrived())
                        .mapToObj(this::failed)
                        .toList())
                .iterator();
        List<Rollout> all = new ArrayList<>();
        replies.forEach(reply -> all.add((reply.hasArrived() ? asked : failed).next()));
        return all;
    }

    private Attempt failed(int i) {
        Answer.Failure failure = replies.get(i).failure().orElseThrow();
        return advice.get(i).answered(Answer.failed(failure.kind(), "no instruction: " + failure.message()));
    }
}
