package dev.wst.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wst.budget.Cost;
import dev.wst.budget.Journal;
import dev.wst.budget.Spent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** The totals of one run in the file of an {@link AnswerStore}. */
record StoredJournal(AnswerFile file, String run) implements Journal {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Optional<Spent> last() {
        return file.lastTotal(run).map(StoredJournal::read);
    }

    @Override
    public void note(Spent total) {
        Cost cost = total.cost();
        file.noteTotal(
                run,
                JSON.createObjectNode()
                        .put("calls", cost.calls())
                        .put("input_tokens", cost.inputTokens())
                        .put("output_tokens", cost.outputTokens())
                        .put("money", cost.money().toPlainString())
                        .put("uncounted", cost.uncounted())
                        .put("millis", total.time().toMillis())
                        .toString());
    }

    private static Spent read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Cost cost = new Cost(
                    json.required("calls").longValue(),
                    json.required("input_tokens").longValue(),
                    json.required("output_tokens").longValue(),
                    new BigDecimal(json.required("money").textValue()),
                    json.required("uncounted").longValue());
            return new Spent(cost, Duration.ofMillis(json.required("millis").longValue()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a total whose checksum is right is JSON", e);
        }
    }
}
