// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

/** How a framework reads <code>${key:default}</code>. */
public enum PlaceholderStyle {
    /** Braces nest; what nothing sets keeps the application from starting. */
    PLAIN,
    /** The same, but where Spring Boot binds a value, what nothing sets stays as it is. */
    SPRING,
    /** The first brace closes; a default that has a colon is another placeholder, unless it is in backticks. */
    MICRONAUT,
    /** The first brace closes; there are no defaults, and what nothing sets stays as it is. */
    HELIDON,
    /** There are none: what is put in is put in as the file is read. */
    NONE
}
