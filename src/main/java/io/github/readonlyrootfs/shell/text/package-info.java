// SPDX-License-Identifier: Apache-2.0
/**
 * Texts as shells and their programs handle them, where a part may be unknown: words, patterns of file names, regular
 * expressions, the scripts of {@code sed} and {@code awk}, the formats of {@code printf}.
 */
@NullMarked
package io.github.readonlyrootfs.shell.text;

import org.jspecify.annotations.NullMarked;
