// SPDX-License-Identifier: Apache-2.0
/** The door for build tools: {@link ReadOnlyRootAnalysis}. Knows nothing of Maven. */
@NullMarked
package io.github.readonlyrootfs;

import org.jspecify.annotations.NullMarked;
