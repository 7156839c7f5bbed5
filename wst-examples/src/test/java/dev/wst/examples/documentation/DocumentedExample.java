package dev.wst.examples.documentation;

import java.util.List;

/**
 * A piece of Java that the documentation shows.
 *
 * @param file where it stands, from the root of the repository
 * @param line the line before its first, which opens it; counted from 1
 * @param packageName the package it is compiled in, which decides what it may see
 * @param code its lines
 */
record DocumentedExample(String file, int line, String packageName, List<String> code) {

    /** Where it stands, as an editor opens it. */
    String name() {
        return file + ":" + line;
    }
}
