// SPDX-License-Identifier: Apache-2.0
/** Facts about published images, and what users state about private ones. */
@NullMarked
package io.github.readonlyrootfs.image.facts;

import org.jspecify.annotations.NullMarked;
