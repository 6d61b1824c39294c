// SPDX-License-Identifier: Apache-2.0
/** Puts together what a check looks at: containers with their images, needs and facts. */
@NullMarked
package io.github.readonlyrootfs.assembly;

import org.jspecify.annotations.NullMarked;
