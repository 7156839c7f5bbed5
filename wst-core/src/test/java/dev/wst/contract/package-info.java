/**
 * What every implementation of the four contracts must keep, as tests to extend: {@link dev.wst.contract.TeacherPolicyContract},
 * {@link dev.wst.contract.ValueFunctionContract}, {@link dev.wst.contract.StudentClientContract},
 * {@link dev.wst.contract.RewardFunctionContract}. They ship in the test-jar of wst-core.
 *
 * <pre>{@code
 * class MyStudentTest extends StudentClientContract {
 *     @Override
 *     protected StudentClient student() {
 *         return new MyStudent();
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.wst.contract;

import org.jspecify.annotations.NullMarked;
