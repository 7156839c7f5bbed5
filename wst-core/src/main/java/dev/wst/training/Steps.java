package dev.wst.training;

import dev.wst.Sampling;

/**
 * How many steps a run makes, and what is drawn in each.
 *
 * @param batch B, tasks
 * @param samples G, instructions for each task
 * @param seed of the run
 */
record Steps(int count, int batch, int samples, long seed, Sampling sampling) {}
