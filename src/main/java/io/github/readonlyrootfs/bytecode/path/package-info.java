// SPDX-License-Identifier: Apache-2.0
/** What is known of paths in byte code: the texts that code makes of them, the ways through methods, the calls that write. */
@NullMarked
package io.github.readonlyrootfs.bytecode.path;

import org.jspecify.annotations.NullMarked;
