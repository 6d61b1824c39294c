// SPDX-License-Identifier: Apache-2.0
/** The words for what the other packages have as values. */
@NullMarked
package io.github.readonlyrootfs.message;

import org.jspecify.annotations.NullMarked;
