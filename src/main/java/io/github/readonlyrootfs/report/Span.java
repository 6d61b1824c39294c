package io.github.readonlyrootfs.report;

/**
 * A piece of a text.
 *
 * @param end exclusive
 */
record Span(int start, int end) {}
