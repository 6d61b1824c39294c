// SPDX-License-Identifier: Apache-2.0
/** Runs rules: the types of rules, their pages, and the users' severities and ignores. */
@NullMarked
package io.github.readonlyrootfs.rule.engine;

import org.jspecify.annotations.NullMarked;
