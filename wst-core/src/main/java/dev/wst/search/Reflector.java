package dev.wst.search;

import dev.wst.Answer;
import dev.wst.Rollout;
import dev.wst.Sampling;
import dev.wst.Seed;
import dev.wst.Situation;
import dev.wst.TeacherPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Makes a new instruction of one that went wrong. Any model will do:
 *
 * <pre>{@code
 * InstructingModel mentor = InstructingModel.of(chatModel, CallLimits.defaults());
 * Reflector reflector = Reflector.asking(mentor::reply);
 * }</pre>
 */
@FunctionalInterface
public interface Reflector {

    /**
     * What a reflector has in view.
     *
     * @param instruction the present one, empty for none
     * @param rollouts with it: questions, answers and rewards, the worst first; all with a verdict, at least one
     * @param round which reflection it is, from 0
     * @param seed for draws of this reflection
     */
    record Reflection(String instruction, List<Rollout> rollouts, int round, Seed seed) {
        public Reflection {
            rollouts = List.copyOf(rollouts);
            if (rollouts.isEmpty()) {
                throw new IllegalArgumentException("there is nothing to reflect on without a rollout");
            }
        }
    }

    /** A new instruction; empty if none came, as when a call failed: the search goes on with another. */
    Optional<String> propose(Reflection reflection);

    /**
     * A model that is shown the instruction, the questions, the answers and their rewards in words, and asked for a better instruction.
     * Reference answers are not shown.
     *
     * @param model its reply to a text; the number tells equal texts apart where replies are kept
     */
    static Reflector asking(BiFunction<String, Integer, Answer> model) {
        return reflection -> {
            Answer reply = model.apply(ReflectionText.of(reflection), reflection.round());
            return reply.hasArrived() ? ReflectionText.instruction(reply.text()) : Optional.empty();
        };
    }

    /** Where no model can reflect: another sample of a teacher, for the question that went worst. It does not see what went wrong. */
    static Reflector sampling(TeacherPolicy teacher, Sampling sampling) {
        return reflection -> {
            Situation worst =
                    Situation.of(reflection.rollouts().get(0).attempt().task(), reflection.round());
            String text = teacher.write(List.of(worst), sampling, reflection.seed())
                    .get(0)
                    .instruction()
                    .text()
                    .strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        };
    }
}
