// SPDX-License-Identifier: Apache-2.0
/** The Dockerfile's grammar as BuildKit has it: {@link DockerfileParser} reads a file into a {@link Dockerfile}. */
@NullMarked
package io.github.readonlyrootfs.dockerfile;

import org.jspecify.annotations.NullMarked;
