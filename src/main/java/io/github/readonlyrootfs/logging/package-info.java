// SPDX-License-Identifier: Apache-2.0
/**
 * The files that logging libraries write according to their configuration files: Logback, Log4j 2 and
 * {@code java.util.logging}. Those of others are unknown.
 */
@NullMarked
package io.github.readonlyrootfs.logging;

import org.jspecify.annotations.NullMarked;
