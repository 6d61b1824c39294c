// SPDX-License-Identifier: Apache-2.0
/** CloudFormation templates and their intrinsic functions. */
@NullMarked
package io.github.readonlyrootfs.taskdef.cloudformation;

import org.jspecify.annotations.NullMarked;
