// SPDX-License-Identifier: Apache-2.0
/**
 * What programs do to texts of which a part may be unknown: regular expressions, the scripts of {@code sed} and {@code awk}, the
 * formats of {@code printf}.
 */
@NullMarked
package io.github.readonlyrootfs.shell.text;

import org.jspecify.annotations.NullMarked;
