// SPDX-License-Identifier: Apache-2.0
/** The rules, one class each, and what they find. */
@NullMarked
package io.github.readonlyrootfs.rule;

import org.jspecify.annotations.NullMarked;
