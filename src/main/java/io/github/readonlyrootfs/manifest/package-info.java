// SPDX-License-Identifier: Apache-2.0
/**
 * Projects that are not being built, as their manifests say: a pom or a Gradle build, and the libraries that manifests of other
 * languages name, read as text. Nothing is run or resolved.
 */
@NullMarked
package io.github.readonlyrootfs.manifest;

import org.jspecify.annotations.NullMarked;
