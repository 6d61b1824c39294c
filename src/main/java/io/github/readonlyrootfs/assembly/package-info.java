// SPDX-License-Identifier: Apache-2.0
/** Assembles what a check judges: containers with their images, needs and facts. */
@NullMarked
package io.github.readonlyrootfs.assembly;

import org.jspecify.annotations.NullMarked;
