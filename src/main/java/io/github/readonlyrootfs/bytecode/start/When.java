// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.start;

/** When code runs, and what its failure ends; the surest first. */
public enum When {
    /** Certainly when the application starts, and it ends the start: nothing branches around it, and nothing catches the exception. */
    START,

    /** Nothing tells whether at start, where it would end the start. */
    PERHAPS_START,

    /** Whenever the application serves a request; whether it can without is unknown. */
    REQUEST,

    /** Whenever it serves a request of whatever kind, besides the request's own handler. */
    FILTER,

    MESSAGE,

    /** At times; of an application that also has requests or messages they are no reason to be there. */
    SCHEDULE,

    /** In a step of a job, which has no output without all of them. */
    STEP,

    LATER
}
