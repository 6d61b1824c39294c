// SPDX-License-Identifier: Apache-2.0
/** The project that an image is built from: its directories, and the libraries that it runs with. */
@NullMarked
package io.github.readonlyrootfs.need.project;

import org.jspecify.annotations.NullMarked;
