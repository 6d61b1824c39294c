// SPDX-License-Identifier: Apache-2.0
/** All that is known, as one page for a browser. */
@NullMarked
package io.github.readonlyrootfs.report.html;

import org.jspecify.annotations.NullMarked;
