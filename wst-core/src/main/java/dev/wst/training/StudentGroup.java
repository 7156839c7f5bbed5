package dev.wst.training;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.Attempt;
import dev.wst.Task;
import dev.wst.calls.Accounts;
import dev.wst.calls.StudentCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Students who are put the same instructions, one after another.
 *
 * @param answers of each to an instruction
 */
record StudentGroup(List<Member> members, int answers) {

    /** @param name empty for one that is alone */
    record Member(Optional<String> name, StudentCalls calls) {}

    static StudentGroup of(List<RunStudent> students, RunPlan plan, Accounts accounts) {
        return new StudentGroup(
                students.stream()
                        .map(one -> new Member(
                                one.name(),
                                new StudentCalls(
                                        one.name(),
                                        one.client(),
                                        one.limits().orElse(plan.asking().limits()),
                                        accounts,
                                        plan.asking().pauses())))
                        .toList(),
                plan.students().answers());
    }

    /** Finds out whether all are there. */
    void askFirst(List<Task> tasks) {
        members.forEach(member -> member.calls().askFirst(tasks));
    }

    /**
     * All answers of all students, those to one instruction together.
     *
     * @param outage how long each student is waited for
     * @param step names the step in the log
     * @param soFar is given what there is after each student
     */
    List<Attempt> answer(List<Advice> instructions, Duration outage, String step, Consumer<List<Attempt>> soFar) {
        List<Advice> questions =
                instructions.stream().flatMap(one -> repeated(one).stream()).toList();
        List<List<Answer>> byMember = new ArrayList<>();
        List<Attempt> attempts = List.of();
        for (Member member : members) {
            byMember.add(member.calls().answer(questions, outage, step));
            attempts = attempts(instructions, byMember);
            soFar.accept(attempts);
        }
        return attempts;
    }

    private List<Advice> repeated(Advice advice) {
        List<Advice> all = new ArrayList<>();
        for (int number = 0; number < answers; number++) {
            all.add(advice.again(number));
        }
        return all;
    }

    private List<Attempt> attempts(List<Advice> instructions, List<List<Answer>> byMember) {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            for (int m = 0; m < byMember.size(); m++) {
                for (int number = 0; number < answers; number++) {
                    Answer answer = byMember.get(m).get(i * answers + number);
                    attempts.add(instructions
                            .get(i)
                            .answered(answer)
                            .from(members.get(m).name(), answers == 1 ? OptionalInt.empty() : OptionalInt.of(number)));
                }
            }
        }
        return attempts;
    }
}
