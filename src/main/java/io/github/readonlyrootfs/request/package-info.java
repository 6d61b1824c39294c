// SPDX-License-Identifier: Apache-2.0
/** The request of a check, and the files that a project has by convention. */
@NullMarked
package io.github.readonlyrootfs.request;

import org.jspecify.annotations.NullMarked;
