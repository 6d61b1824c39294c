// SPDX-License-Identifier: Apache-2.0
/** Images that the plugins of a pom build; the door is {@link io.github.readonlyrootfs.pom.PomImages}. */
@NullMarked
package io.github.readonlyrootfs.pom;

import org.jspecify.annotations.NullMarked;
