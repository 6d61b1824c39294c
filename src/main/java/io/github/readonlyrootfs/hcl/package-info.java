// SPDX-License-Identifier: Apache-2.0
/** HCL's native syntax, as Terraform's files have it, as a tree that knows its places. */
@NullMarked
package io.github.readonlyrootfs.hcl;

import org.jspecify.annotations.NullMarked;
