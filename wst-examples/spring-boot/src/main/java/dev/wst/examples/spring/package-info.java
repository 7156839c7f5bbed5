/** An app of Spring Boot whose chat model is taught. */
@NullMarked
package dev.wst.examples.spring;

import org.jspecify.annotations.NullMarked;
