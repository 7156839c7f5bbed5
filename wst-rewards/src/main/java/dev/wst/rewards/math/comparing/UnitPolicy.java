package dev.wst.rewards.math.comparing;

/** What a unit means when only one of two answers has it. With both, known units are converted: 1 m equals 100 cm. */
public enum UnitPolicy {
    /** 5 cm equals 5. The default, since references seldom carry units. */
    OPTIONAL,
    /** 5 cm differs from 5: for tasks that ask for the unit. */
    REQUIRED
}
