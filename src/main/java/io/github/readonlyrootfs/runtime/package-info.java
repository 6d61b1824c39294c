// SPDX-License-Identifier: Apache-2.0
/** What the container engine makes of an image and a task definition: mounts, users, and who can write what. */
@NullMarked
package io.github.readonlyrootfs.runtime;

import org.jspecify.annotations.NullMarked;
