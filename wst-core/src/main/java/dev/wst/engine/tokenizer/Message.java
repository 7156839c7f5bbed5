package dev.wst.engine.tokenizer;

/**
 * One turn of a chat.
 *
 * @param role system, user or assistant
 * @param content the text
 */
public record Message(String role, String content) {}
