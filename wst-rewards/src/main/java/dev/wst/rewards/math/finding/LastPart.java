package dev.wst.rewards.math.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Picks one formula or number out of a sentence or text. */
public final class LastPart {
    private LastPart() {}

    /** The formula or number with which the sentence begins, or else the last. */
    static Optional<String> leadingOrLast(String sentence) {
        Optional<String> first = leading(sentence);
        if (first.isPresent()) {
            return first;
        }
        Optional<String> formula = formula(sentence);
        return formula.isPresent() ? formula : number(sentence);
    }

    /** The formula or number with which the sentence begins. */
    static Optional<String> leading(String sentence) {
        List<Piece> all = Pieces.in(sentence);
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Piece first = all.get(0);
        boolean begins = first.start() <= 2
                && sentence.substring(0, first.start()).chars().noneMatch(Character::isLetterOrDigit);
        return begins ? Optional.of(Bounds.said(sentence, first).orElse(first.text())) : Optional.empty();
    }

    /** The last formula that says something, unless a number follows it. */
    public static Optional<String> formula(String text) {
        List<Piece> formulas = Formulas.in(text);
        List<Piece> numbers = Numbers.in(text);
        int lastNumber =
                numbers.isEmpty() ? -1 : numbers.get(numbers.size() - 1).start();
        List<Piece> saying = new ArrayList<>();
        for (Piece formula : formulas) {
            if (formula.end() > lastNumber && saysSomething(formula.text())) {
                saying.add(formula);
            }
        }
        int given = Given.last(text, saying);
        if (given < 0) {
            return Optional.empty();
        }
        Piece formula = saying.get(given);
        return Optional.of(Bounds.said(text, formula).orElse(formula.text()));
    }

    /** The last number with all that belongs to it. */
    public static Optional<String> number(String text) {
        return Amounts.last(text);
    }

    /** A lone letter in a sentence is a name, not an answer. */
    private static boolean saysSomething(String formula) {
        return formula.length() > 1 && formula.chars().anyMatch(c -> c != '(' && c != ')' && !Character.isLetter(c));
    }
}
