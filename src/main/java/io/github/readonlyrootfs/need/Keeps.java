// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

/** What a program keeps in a path and misses if the path's storage ends with the task. */
public enum Keeps {
    DATABASE,
    FILES,
    SESSIONS,
    QUEUE
}
