// SPDX-License-Identifier: Apache-2.0
/** The text of an instruction: joined lines, words, JSON arrays, heredoc words, quotes and variables, as BuildKit reads them. */
@NullMarked
package io.github.readonlyrootfs.dockerfile.text;

import org.jspecify.annotations.NullMarked;
