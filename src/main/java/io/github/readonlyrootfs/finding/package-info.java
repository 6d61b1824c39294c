// SPDX-License-Identifier: Apache-2.0
/** What rules find. */
@NullMarked
package io.github.readonlyrootfs.finding;

import org.jspecify.annotations.NullMarked;
