package dev.wst.training;

import dev.wst.answers.AnswerStore;
import dev.wst.budget.JournalFile;
import dev.wst.budget.Ledger;
import dev.wst.calls.Accounts;
import java.nio.file.Path;
import java.util.Optional;

/** What a run keeps its answers in and pays its calls from, in its directory where nothing else was given. */
final class RunAccounts implements AutoCloseable {
    private static final String ANSWERS = "answers.sqlite";
    private static final String SPENT = "spent.txt";

    private final Optional<AnswerStore> own;
    private final JournalFile journal;
    private final Accounts accounts;

    private RunAccounts(RunPlan plan, Optional<AnswerStore> own, JournalFile journal) {
        this.own = own;
        this.journal = journal;
        this.accounts = plan.asking().accounts().open(own, journal, plan.clock());
    }

    /** Opens what a run with this directory needs. */
    static RunAccounts open(RunPlan plan, RunFiles files) {
        Path directory = files.directory();
        JournalFile journal = JournalFile.open(directory.resolve(SPENT));
        try {
            boolean keeps = plan.asking().accounts().answers().isEmpty() && !files.redacted();
            Optional<AnswerStore> own =
                    keeps ? Optional.of(AnswerStore.open(directory.resolve(ANSWERS))) : Optional.empty();
            return new RunAccounts(plan, own, journal);
        } catch (RuntimeException | Error e) {
            journal.close();
            throw e;
        }
    }

    Accounts accounts() {
        return accounts;
    }

    /** What is left in the journal is then what was paid, with nothing reserved. */
    @Override
    public void close() {
        try (journal) {
            accounts.ledger().ifPresent(Ledger::note);
            own.ifPresent(AnswerStore::close);
        }
    }
}
