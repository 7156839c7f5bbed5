package dev.wst.examples.torture;

import dev.wst.Advice;
import dev.wst.Answer;
import dev.wst.ModelCall;
import dev.wst.StudentClient;
import dev.wst.budget.Ledger;
import dev.wst.budget.Reservation;

/**
 * A student that asks another model where the first has failed. The run reserves what {@link #call} says, the first call; a second one
 * has to be reserved by whoever makes it.
 */
record TwoStudents(StudentClient first, StudentClient second, Ledger ledger) implements StudentClient {
    @Override
    public ModelCall call(Advice advice) {
        return first.call(advice);
    }

    @Override
    public Answer answer(Advice advice) {
        Answer answer = first.answer(advice);
        if (answer.hasArrived()) {
            return answer;
        }
        Reservation reservation = ledger.reserve(second.call(advice));
        Answer other = second.answer(advice);
        if (other.hasArrived()) {
            reservation.settle(other.inputTokens(), other.outputTokens());
        } else {
            reservation.failed(true);
        }
        return other;
    }
}
