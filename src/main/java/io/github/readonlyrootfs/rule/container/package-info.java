// SPDX-License-Identifier: Apache-2.0
/** Rules about a container on a platform. */
@NullMarked
package io.github.readonlyrootfs.rule.container;

import org.jspecify.annotations.NullMarked;
