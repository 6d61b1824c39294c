// SPDX-License-Identifier: Apache-2.0
/** Files of settings on the class path and in the container, read into properties that know their places. */
@NullMarked
package io.github.readonlyrootfs.configuration.file;

import org.jspecify.annotations.NullMarked;
