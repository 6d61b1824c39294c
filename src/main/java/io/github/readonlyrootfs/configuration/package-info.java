// SPDX-License-Identifier: Apache-2.0
/**
 * What an application's configuration files say, with where they say it: the files of the project's output directory as
 * Maven filtered them, put together as the framework that reads them does. What the settings mean is not known here.
 */
@NullMarked
package io.github.readonlyrootfs.configuration;

import org.jspecify.annotations.NullMarked;
