// SPDX-License-Identifier: Apache-2.0
/** What {@code terraform show -json} prints. */
@NullMarked
package io.github.readonlyrootfs.taskdef.terraform;

import org.jspecify.annotations.NullMarked;
