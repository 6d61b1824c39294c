// SPDX-License-Identifier: Apache-2.0
/** Rules about a task definition. */
@NullMarked
package io.github.readonlyrootfs.rule.taskdef;

import org.jspecify.annotations.NullMarked;
