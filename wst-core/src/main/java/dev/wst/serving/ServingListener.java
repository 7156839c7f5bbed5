package dev.wst.serving;

import java.time.Duration;

/**
 * Is told what became of each request that a {@link Teaching} saw, as for counting, tracing or comparing taught answers with
 * untaught ones.
 *
 * <pre>{@code
 * ServingListener printing = event -> System.out.println(event.outcome() + " after " + event.took().toMillis() + " ms");
 * }</pre>
 *
 * <p>It is called on the thread that asks the student, before the student is asked, and by several threads at once. What it
 * throws is logged and changes nothing.
 */
@FunctionalInterface
public interface ServingListener {

    /** What became of a question, and so whether the student gets an instruction with it. */
    enum Outcome {
        /** The student gets the teacher's instruction. */
        TAUGHT,
        /** There was nothing to be taught about: the text was empty or blank, or the request's last message is no user's text. */
        NO_QUESTION,
        /** The question leaves the teacher's context no room for an instruction. */
        TOO_LONG,
        /** The teacher wrote an empty instruction. */
        NOTHING_WRITTEN,
        /** The instruction was not there in the time that was given. */
        LATE,
        /** The thread was interrupted while it waited; it still is. */
        INTERRUPTED,
        /** The teacher failed, or was closed. */
        FAILED,
        /** The request is one of the share that goes untaught for comparison. */
        HELD_OUT,
        /** An instruction was written, and the rule that was given says that this one does not help. */
        ABSTAINED
    }

    /**
     * What became of a request.
     *
     * @param question the text that the teacher was asked about; empty where there was none
     * @param outcome whether the student is taught, or why not
     * @param instruction what the teacher wrote, also where it is not used; empty if it wrote nothing
     * @param version of the teacher that wrote it, as {@link ServedTeacher#version} has it; empty if none did
     * @param took how long the request waited for this
     */
    record Event(String question, Outcome outcome, String instruction, String version, Duration took) {}

    /** A request is about to go to the student. */
    void onServed(Event event);
}
