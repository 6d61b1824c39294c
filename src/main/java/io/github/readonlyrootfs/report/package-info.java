// SPDX-License-Identifier: Apache-2.0
/** Findings for people and machines: console, JSON, SARIF. */
@NullMarked
package io.github.readonlyrootfs.report;

import org.jspecify.annotations.NullMarked;
