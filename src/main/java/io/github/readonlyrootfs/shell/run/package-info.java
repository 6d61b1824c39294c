// SPDX-License-Identifier: Apache-2.0
/**
 * The one engine that follows shell scripts: those of a build and those that a container starts. They differ in their
 * {@link io.github.readonlyrootfs.shell.state.Host}.
 */
@NullMarked
package io.github.readonlyrootfs.shell.run;

import org.jspecify.annotations.NullMarked;
