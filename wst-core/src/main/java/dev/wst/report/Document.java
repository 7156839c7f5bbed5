package dev.wst.report;

import dev.wst.evaluation.Interval;
import java.util.List;
import java.util.Optional;

/**
 * What a report says, however it is written. All texts are plain; who writes them escapes them.
 *
 * @param title of the page
 * @param kicker above the headline, small
 * @param headline the one sentence
 */
record Document(String title, String kicker, Sentence headline, List<Block> opening, List<Section> sections) {
    /** How a sentence is meant. */
    enum Tone {
        PLAIN,
        GOOD,
        BAD,
        NOTE
    }

    record Sentence(Tone tone, String text) {
        static Sentence plain(String text) {
            return new Sentence(Tone.PLAIN, text);
        }

        static Sentence note(String text) {
            return new Sentence(Tone.NOTE, text);
        }
    }

    record Section(String title, List<Block> blocks) {}

    sealed interface Block {}

    record Paragraph(Sentence sentence) implements Block {
        static Paragraph plain(String text) {
            return new Paragraph(Sentence.plain(text));
        }

        static Paragraph note(String text) {
            return new Paragraph(Sentence.note(text));
        }
    }

    /** Names and what belongs to them. */
    record Facts(List<Fact> facts) implements Block {}

    record Fact(String name, String value) {}

    /** @param columns the first is the name of a row */
    record Table(List<String> columns, List<List<Cell>> rows) implements Block {}

    /**
     * A cell of a table.
     *
     * @param interval drawn beside its numbers
     * @param scale what the drawing spans, for all rows alike
     */
    record Cell(String text, boolean isNumber, Optional<Interval> interval, Scale scale) {
        static Cell text(String text) {
            return new Cell(text, false, Optional.empty(), Scale.UNIT);
        }

        static Cell number(String text) {
            return new Cell(text, true, Optional.empty(), Scale.UNIT);
        }

        static Cell of(Interval interval, Scale scale) {
            return new Cell(Numbers.of(interval), true, Optional.of(interval), scale);
        }
    }

    record Charts(List<Chart> charts) implements Block {}

    /** Questions with what was made of them. */
    record Cases(List<Case> cases) implements Block {}

    /**
     * A question.
     *
     * @param name of the task
     * @param answer the right one, where it is known
     */
    record Case(String name, String question, Optional<String> answer, List<Said> said) {}

    /**
     * What was said to the student, and by it.
     *
     * @param by who instructed
     * @param instruction empty if there was none
     * @param answer or why none came
     * @param reward in words
     */
    record Said(String by, String instruction, String answer, boolean hasArrived, String reward) {}

    /** Lines as they are to be typed. */
    record Code(String text) implements Block {}

    /** What is shown on demand. */
    record More(String summary, List<Block> blocks) implements Block {}
}
