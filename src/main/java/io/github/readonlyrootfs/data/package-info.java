// SPDX-License-Identifier: Apache-2.0
/** The facts that come along as files of their own. */
@NullMarked
package io.github.readonlyrootfs.data;

import org.jspecify.annotations.NullMarked;
