package dev.wst.rewards.judge;

import com.google.common.hash.Hashing;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.wst.Answer;
import dev.wst.Answer.FailureKind;
import dev.wst.BudgetSpentException;
import dev.wst.ModelCall;
import dev.wst.answers.KeptAnswers;
import dev.wst.budget.Reservation;
import dev.wst.calls.Accounts;
import dev.wst.student.ChatCall;
import java.util.Optional;

/**
 * The model behind a judge: what it replied is kept before it is read, and each of its calls is paid.
 *
 * @param name under which it is kept and priced where the model has none of its own
 * @param accounts hold its replies, those too that are no verdict: a run that is resumed reads them again in the same order
 */
record JudgeModel(ChatModel model, String name, Accounts accounts) {
    JudgeModel with(Accounts value) {
        return new JudgeModel(model, name, value);
    }

    /** A call of the model that failed; what it threw is the cause. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(RuntimeException cause) {
            super(cause);
        }
    }

    /** Its name and, by a hash, the parameters it is asked with. */
    String described() {
        ModelCall call = call(
                ChatRequest.builder().messages(UserMessage.from("question")).build());
        return name + ", calls "
                + Hashing.sha256().hashUnencodedChars(call.content()).toString().substring(0, 16);
    }

    boolean takesSchema() {
        return model.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    /**
     * The reply to a request, an empty text where it has none.
     *
     * @param sample which of several replies to equal requests
     * @throws Failure if the model threw
     * @throws BudgetSpentException if there is no room for the call; it is not made then
     */
    Answer reply(ChatRequest request, int sample) throws Failure {
        ModelCall call = call(request);
        Optional<KeptAnswers> kept = accounts.answers().map(store -> KeptAnswers.of(store, "judge"));
        Optional<Answer> earlier = kept.flatMap(replies -> replies.find(call, sample));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Answer reply = asked(request, accounts.ledger().map(paying -> paying.reserve(call)));
        return kept.map(replies -> replies.keep(call, sample, reply)).orElse(reply);
    }

    ModelCall call(ChatRequest request) {
        ModelCall call = ChatCall.of(model, request);
        return call.hasModel() ? call : call.withModel(name);
    }

    private Answer asked(ChatRequest request, Optional<Reservation> reservation) throws Failure {
        try {
            ChatResponse response = model.chat(request);
            String text = response.aiMessage().text();
            Answer reply = ChatCall.answer(response, text == null ? "" : text);
            reservation.ifPresent(paid -> paid.settle(reply.inputTokens(), reply.outputTokens()));
            return reply;
        } catch (RuntimeException e) {
            reservation.ifPresent(paid -> settle(paid, e));
            throw new Failure(e);
        }
    }

    private static void settle(Reservation paid, RuntimeException failure) {
        if (FailureKind.ofConnection(failure)
                .filter(FailureKind.UNREACHABLE::equals)
                .isPresent()) {
            paid.cancel();
        } else {
            paid.failed(mayHaveCost(failure));
        }
    }

    /** A refusal comes before any work; for what was filtered or broke off, a provider may want to be paid. */
    private static boolean mayHaveCost(RuntimeException failure) {
        boolean isRefusal = failure instanceof RateLimitException
                || failure instanceof AuthenticationException
                || failure instanceof ModelNotFoundException
                || failure instanceof InvalidRequestException;
        return !isRefusal || failure instanceof ContentFilteredException;
    }
}
