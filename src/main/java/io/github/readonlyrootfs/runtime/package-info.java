// SPDX-License-Identifier: Apache-2.0
/** What the container engine makes of an image and a task definition, as values: mounts, users, access, and the reasons for each. */
@NullMarked
package io.github.readonlyrootfs.runtime;

import org.jspecify.annotations.NullMarked;
