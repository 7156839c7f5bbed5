package dev.wst.rewards.judge;

import dev.wst.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * What a judge grades by: criteria in plain words, a scale of whole numbers, and whether it sees the task's reference.
 *
 * <pre>{@code
 * Rubric rubric = Rubric.of("The answer is correct. Every step follows.").withScale(1, 5).guidedByReference();
 * }</pre>
 */
public final class Rubric {
    private static final int LONGEST_SCALE = 101;

    private final String criteria;
    private final int lowest;
    private final int highest;
    private final boolean isGuided;

    private Rubric(String criteria, int lowest, int highest, boolean isGuided) {
        if (criteria.isBlank()) {
            throw new IllegalArgumentException("a rubric needs criteria");
        }
        if (lowest >= highest || (long) highest - lowest >= LONGEST_SCALE) {
            throw new IllegalArgumentException(
                    "a scale needs 2 to " + LONGEST_SCALE + " steps, got " + lowest + " to " + highest);
        }
        this.criteria = criteria;
        this.lowest = lowest;
        this.highest = highest;
        this.isGuided = isGuided;
    }

    /**
     * A rubric on a scale of 1 to 10 that does not show the reference.
     *
     * @param criteria what makes an answer good; the judge takes them as its orders, so they must not come from a model
     */
    public static Rubric of(String criteria) {
        return new Rubric(criteria, 1, 10, false);
    }

    /** Another scale; the ends are the worst and the best score. */
    public Rubric withScale(int worst, int best) {
        return new Rubric(criteria, worst, best, isGuided);
    }

    /**
     * The judge also sees the task's reference answer, as advised for mathematics, reasoning and code (MT-Bench, arXiv
     * 2306.05685, section 3.4).
     */
    public Rubric guidedByReference() {
        return new Rubric(criteria, lowest, highest, true);
    }

    int lowest() {
        return lowest;
    }

    /** The score as a share of the scale, from 0 to 1. */
    double share(double score) {
        return (score - lowest) / (highest - lowest);
    }

    /** @throws IllegalArgumentException if it needs a reference that the task does not have */
    Brief brief(Task task, String answer) {
        List<Exhibit> exhibits = new ArrayList<>();
        exhibits.add(Exhibit.of("question", task.prompt()));
        if (isGuided) {
            exhibits.add(Exhibit.of(Reference.NAME, Reference.of(task)));
        }
        exhibits.add(Exhibit.of("answer", answer));
        String charge = "You grade an answer to a question. " + (isGuided ? Reference.CHARGE : "")
                + "The score is a whole number from " + lowest + " (worst) to " + highest
                + " (best). The criteria:\n" + criteria;
        return new Brief(charge, exhibits, VerdictForm.score(lowest, highest));
    }

    @Override
    public String toString() {
        return "Rubric[\"" + criteria + "\", " + lowest + " to " + highest
                + (isGuided ? ", guided by the reference" : "") + "]";
    }
}
