// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

/** How a framework treats <code>${key:default}</code>. */
public enum PlaceholderStyle {
    /** Braces nest; the application does not start if a key is not set. */
    PLAIN,
    /** The same, but in values that Spring Boot binds, a placeholder stays as it is if its key is not set. */
    SPRING,
    /** The first brace closes; a default with a colon is another placeholder, unless it is in backticks. */
    MICRONAUT,
    /** The first brace closes; there are no defaults, and a placeholder stays as it is if its key is not set. */
    HELIDON,
    /** There are none left: they were replaced when the file was read. */
    NONE
}
