// SPDX-License-Identifier: Apache-2.0
/** What to do about paths that a container needs and cannot write: edits of one container that fit together. */
@NullMarked
package io.github.readonlyrootfs.remedy;

import org.jspecify.annotations.NullMarked;
