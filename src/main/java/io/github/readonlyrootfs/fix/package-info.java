// SPDX-License-Identifier: Apache-2.0
/** Makes the edits that findings ask for, in the user's own files. */
@NullMarked
package io.github.readonlyrootfs.fix;

import org.jspecify.annotations.NullMarked;
