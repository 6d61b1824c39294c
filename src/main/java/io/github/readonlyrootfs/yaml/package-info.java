// SPDX-License-Identifier: Apache-2.0
/** YAML as a tree that knows where everything is; the only package that knows the library that parses it. */
@NullMarked
package io.github.readonlyrootfs.yaml;

import org.jspecify.annotations.NullMarked;
