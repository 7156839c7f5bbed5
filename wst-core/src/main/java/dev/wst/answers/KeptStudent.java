package dev.wst.answers;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import dev.wst.WstException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A student that is asked only for what is not kept. */
record KeptStudent(KeptAnswers kept, StudentClient student) implements StudentClient {

    @Override
    public Answer answer(Advice advice) {
        ModelCall call = student.call(advice);
        int sample = advice.situation().sample();
        return kept.find(call, sample).orElseGet(() -> keep(call, sample, student.answer(advice)));
    }

    @Override
    public Optional<List<Answer>> answerTogether(List<Advice> batch) {
        if (student.answerTogether(List.of()).isEmpty()) {
            return Optional.empty();
        }
        // A call is the rendered conversation: made once, to be looked up and to be kept.
        List<ModelCall> calls = batch.stream().map(student::call).toList();
        List<Optional<Answer>> found = IntStream.range(0, batch.size())
                .mapToObj(i -> kept.find(calls.get(i), batch.get(i).situation().sample()))
                .toList();
        List<Advice> missing = IntStream.range(0, batch.size())
                .filter(i -> found.get(i).isEmpty())
                .mapToObj(batch::get)
                .toList();
        List<Answer> given =
                missing.isEmpty() ? List.of() : student.answerTogether(missing).orElseThrow();
        if (given.size() != missing.size()) {
            throw new WstException("the student gave " + given.size() + " answers to " + missing.size()
                    + " questions; answerTogether must give one for each, in order, and nothing of them was kept");
        }
        Iterator<Answer> fresh = given.iterator();
        return Optional.of(IntStream.range(0, batch.size())
                .mapToObj(i -> found.get(i)
                        .orElseGet(() ->
                                keep(calls.get(i), batch.get(i).situation().sample(), fresh.next())))
                .toList());
    }

    /** A blank text is no answer of a student, as a run has it: it is asked for again. */
    private Answer keep(ModelCall call, int sample, Answer answer) {
        return answer.hasArrived() && answer.text().isBlank() ? answer : kept.keep(call, sample, answer);
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
