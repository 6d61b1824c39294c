// SPDX-License-Identifier: Apache-2.0
/** Runs rules: what a rule is, its page, and what users say of severities and ignores. */
@NullMarked
package io.github.readonlyrootfs.rule.engine;

import org.jspecify.annotations.NullMarked;
