package dev.wst.answers;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A student that is asked only for what is not kept. */
record KeptStudent(KeptAnswers kept, StudentClient student) implements StudentClient {

    @Override
    public Answer answer(Advice advice) {
        ModelCall call = student.call(advice);
        int sample = advice.situation().sample();
        return kept.find(call, sample).orElseGet(() -> kept.keep(call, sample, student.answer(advice)));
    }

    @Override
    public Optional<List<Answer>> answerTogether(List<Advice> batch) {
        if (student.answerTogether(List.of()).isEmpty()) {
            return Optional.empty();
        }
        List<Optional<Answer>> found = new ArrayList<>();
        List<Advice> missing = new ArrayList<>();
        for (Advice advice : batch) {
            found.add(kept.find(student.call(advice), advice.situation().sample()));
            if (found.get(found.size() - 1).isEmpty()) {
                missing.add(advice);
            }
        }
        Iterator<Answer> fresh = asked(missing).iterator();
        return Optional.of(
                found.stream().map(answer -> answer.orElseGet(fresh::next)).toList());
    }

    private List<Answer> asked(List<Advice> missing) {
        if (missing.isEmpty()) {
            return List.of();
        }
        List<Answer> given = student.answerTogether(missing).orElseThrow();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < missing.size(); i++) {
            Advice advice = missing.get(i);
            answers.add(kept.keep(student.call(advice), advice.situation().sample(), given.get(i)));
        }
        return answers;
    }

    @Override
    public ModelCall call(Advice advice) {
        return student.call(advice);
    }

    @Override
    public List<ModelCall> furtherCalls(Advice advice) {
        return student.furtherCalls(advice);
    }
}
