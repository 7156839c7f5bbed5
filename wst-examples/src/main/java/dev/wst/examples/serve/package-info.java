/**
 * A chat model behind an address that speaks OpenAI's protocol for chat completions.
 */
@NullMarked
package dev.wst.examples.serve;

import org.jspecify.annotations.NullMarked;
