// SPDX-License-Identifier: Apache-2.0
/** Reads YAML into a tree with locations; the only package that knows the YAML library. */
@NullMarked
package io.github.readonlyrootfs.yaml;

import org.jspecify.annotations.NullMarked;
