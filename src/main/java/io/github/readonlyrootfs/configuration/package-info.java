// SPDX-License-Identifier: Apache-2.0
/**
 * What an application's settings say, with their places: each framework's class puts files, variables and options
 * together as that framework does. What the settings mean is not known here.
 */
@NullMarked
package io.github.readonlyrootfs.configuration;

import org.jspecify.annotations.NullMarked;
