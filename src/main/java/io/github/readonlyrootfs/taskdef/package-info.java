// SPDX-License-Identifier: Apache-2.0
/** The ECS task definition as records that know where in the file they stand. */
@NullMarked
package io.github.readonlyrootfs.taskdef;

import org.jspecify.annotations.NullMarked;
