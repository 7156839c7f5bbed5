/**
 * The contracts of the library and the values that pass between them; imports nothing but the JDK (and JSpecify's
 * annotations), so every other package can point here.
 *
 * <p>One training step, in the words of this package: for each {@link dev.wst.Task} a {@link dev.wst.TeacherPolicy}
 * writes G {@link dev.wst.Instruction}s; a {@link dev.wst.StudentClient} answers each with an {@link dev.wst.Answer};
 * the {@link dev.wst.Attempt} so made is judged by a {@link dev.wst.RewardFunction} and becomes a
 * {@link dev.wst.Rollout}; an {@link dev.wst.Objective} turns the {@link dev.wst.TokenScores} of each instruction into
 * {@link dev.wst.TokenSlopes}, along which the teacher is updated.
 *
 * <p>Letters: B tasks, G samples of a task, T tokens of an instruction, D width of the teacher.
 */
@NullMarked
package dev.wst;

import org.jspecify.annotations.NullMarked;
