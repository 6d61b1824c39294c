// SPDX-License-Identifier: Apache-2.0
/**
 * The settings of an application, with their locations: each framework's class merges files, variables and options as that
 * framework does. What the settings mean is not known here.
 */
@NullMarked
package io.github.readonlyrootfs.configuration;

import org.jspecify.annotations.NullMarked;
