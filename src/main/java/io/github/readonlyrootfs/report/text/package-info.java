// SPDX-License-Identifier: Apache-2.0
/** Findings and containers in plain text, and the words that all reports share. */
@NullMarked
package io.github.readonlyrootfs.report.text;

import org.jspecify.annotations.NullMarked;
