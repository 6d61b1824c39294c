// SPDX-License-Identifier: Apache-2.0
/** ECS's schema as a table, and task definitions made to conform to it. */
@NullMarked
package io.github.readonlyrootfs.taskdef.schema;

import org.jspecify.annotations.NullMarked;
