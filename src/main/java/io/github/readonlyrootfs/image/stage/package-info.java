// SPDX-License-Identifier: Apache-2.0
/** Dockerfiles and descriptions in a pom followed instruction by instruction, and the build context. */
@NullMarked
package io.github.readonlyrootfs.image.stage;

import org.jspecify.annotations.NullMarked;
