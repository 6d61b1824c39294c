// SPDX-License-Identifier: Apache-2.0
/** Settings, and the placeholders in their values. */
@NullMarked
package io.github.readonlyrootfs.configuration.placeholder;

import org.jspecify.annotations.NullMarked;
