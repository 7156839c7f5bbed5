package dev.wst.rewards.code;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The program in an answer. */
final class CodeBlock {
    private static final Set<String> PYTHON = Set.of("python", "python3", "py");
    private static final String THINKING_ENDS = "</think>";

    private CodeBlock() {}

    /**
     * What follows the thinking part: the last fenced block that defines the entry point, else the last one marked as
     * Python, else the last one; without any fence, all of it. What is chosen is then read as Python:
     *
     * <ol>
     *   <li>White space that Python does not know (no-break and other Unicode spaces, marks without width) can mean nothing
     *       but plain space, or nothing. Inside strings and comments it is left alone. See {@link PythonLine}.
     *   <li>Statements at the margin that Python's grammar forbids are prose, and so is what stands indented under them. The
     *       program begins after the last prose before its first definition or import. Further prose is skipped. Of what
     *       follows the prose after the entry point, or after the body, only definitions and imports are read: the rest are examples. What could
     *       be Python, such as a single word, is taken for it. See {@link Prose}.
     *   <li>A program that stands away from the margin as a whole is moved to it, unless it is the body of a function, which
     *       needs its indentation. See {@link Program}.
     * </ol>
     *
     * None of this changes text that is a program as it stands. Where the entry point is defined in a fenced block and other blocks
     * define or import at their margin what it names and does not have itself, or a constant, as the cells of a notebook do, that comes
     * first.
     */
    static String in(String answer, String entryPoint) {
        int thought = answer.lastIndexOf(THINKING_ENDS);
        String text = thought < 0 ? answer : answer.substring(thought + THINKING_ENDS.length());
        List<FencedBlock> blocks = FencedBlock.in(text);
        List<Predicate<FencedBlock>> choices = List.of(
                block -> Program.of(block.code(), entryPoint).isDefined(),
                block -> PYTHON.contains(block.language()),
                block -> true);
        Optional<FencedBlock> chosen = choices.stream()
                .map(choice -> blocks.stream().filter(choice).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .map(found -> found.get(found.size() - 1));
        Program program = Program.of(chosen.map(FencedBlock::code).orElse(text), entryPoint)
                .withoutProse()
                .atTheMargin();
        int at = chosen.map(blocks::lastIndexOf).orElse(-1);
        // What comes after a program may import all of it under the name that its file would have.
        List<Part> others = Stream.concat(
                        parts(blocks.subList(0, Math.max(0, at))),
                        parts(blocks.subList(at + 1, blocks.size()))
                                .filter(part -> !part.names().isEmpty()))
                .toList();
        return program.withNeeded(others).source();
    }

    private static Stream<Part> parts(List<FencedBlock> blocks) {
        return blocks.stream()
                .filter(block -> block.language().isEmpty() || PYTHON.contains(block.language()))
                .flatMap(block -> Part.in(PythonLine.of(block.code())).stream());
    }
}
