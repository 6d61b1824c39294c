// SPDX-License-Identifier: Apache-2.0
/** Turns the values of the other packages into text. */
@NullMarked
package io.github.readonlyrootfs.message;

import org.jspecify.annotations.NullMarked;
