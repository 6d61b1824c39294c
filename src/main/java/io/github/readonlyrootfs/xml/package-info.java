// SPDX-License-Identifier: Apache-2.0
/** XML files with the places of what they say, read without anything that they refer to. */
@NullMarked
package io.github.readonlyrootfs.xml;

import org.jspecify.annotations.NullMarked;
