// SPDX-License-Identifier: Apache-2.0
/** Findings for people and machines, in one class for each kind of report; excerpts, and what is masked in them. */
@NullMarked
package io.github.readonlyrootfs.report;

import org.jspecify.annotations.NullMarked;
