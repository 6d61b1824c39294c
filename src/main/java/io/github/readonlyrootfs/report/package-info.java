// SPDX-License-Identifier: Apache-2.0
/** Reports for programs, a class for each format. */
@NullMarked
package io.github.readonlyrootfs.report;

import org.jspecify.annotations.NullMarked;
