// SPDX-License-Identifier: Apache-2.0
/**
 * Excerpts of the user's files. What the tables here do not call public is masked, so that no report shows a password, a
 * token or a key.
 */
@NullMarked
package io.github.readonlyrootfs.report.excerpt;

import org.jspecify.annotations.NullMarked;
