// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/** A piece of a text, from one offset (inclusive) to another (exclusive). */
public record Span(int start, int end) {}
