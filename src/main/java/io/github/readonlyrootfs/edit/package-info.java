// SPDX-License-Identifier: Apache-2.0
/** Edits as data, and editors that keep every byte they do not mean to change. */
@NullMarked
package io.github.readonlyrootfs.edit;

import org.jspecify.annotations.NullMarked;
