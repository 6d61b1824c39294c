// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

/** An expression that Terraform refuses too: {@code try} and {@code can} ask for that. Everything else makes it unknown. */
final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason as half a sentence, without any value */
    EvaluationException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
