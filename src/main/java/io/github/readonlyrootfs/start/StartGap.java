// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * Why further commands may run than are known.
 *
 * @param inBase whether it is due to an unknown base image
 * @param location of the command that cannot be followed; empty for the start as a whole
 */
public record StartGap(String reason, boolean inBase, Optional<Location> location) {}
