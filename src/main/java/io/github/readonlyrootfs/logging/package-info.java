// SPDX-License-Identifier: Apache-2.0
/**
 * The files that logging libraries write according to their configuration files: Logback, Log4j 2 and 1, tinylog and
 * {@code java.util.logging}.
 */
@NullMarked
package io.github.readonlyrootfs.logging;

import org.jspecify.annotations.NullMarked;
