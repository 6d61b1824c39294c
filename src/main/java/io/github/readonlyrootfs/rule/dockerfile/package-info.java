// SPDX-License-Identifier: Apache-2.0
/** Rules about what builds images, whatever tasks run them. */
@NullMarked
package io.github.readonlyrootfs.rule.dockerfile;

import org.jspecify.annotations.NullMarked;
