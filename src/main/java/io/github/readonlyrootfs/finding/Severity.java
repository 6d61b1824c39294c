// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.finding;

/** How bad a finding is, worst first. */
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
