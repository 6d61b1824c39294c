// SPDX-License-Identifier: Apache-2.0
/** The entry point for build tools: {@link ReadOnlyRootAnalysis}. It is independent of Maven. */
@NullMarked
package io.github.readonlyrootfs;

import org.jspecify.annotations.NullMarked;
