// SPDX-License-Identifier: Apache-2.0
/**
 * How a shell expands the words of a script: variables, arithmetic, file names, assignments, and the conditions of
 * {@code test}.
 */
@NullMarked
package io.github.readonlyrootfs.shell.expand;

import org.jspecify.annotations.NullMarked;
