// SPDX-License-Identifier: Apache-2.0
/** The findings that a team knew when it switched the check on: they do not fail the build, new ones do. */
@NullMarked
package io.github.readonlyrootfs.baseline;

import org.jspecify.annotations.NullMarked;
