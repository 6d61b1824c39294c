// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.partial;

import java.util.Optional;

/** A part of a text that is not known. */
public sealed interface Hole {

    /** Why it is not known, as half a sentence that names no values. */
    String reason();

    /** Something that nothing here tells. */
    record Unknown(String reason) implements Hole {}

    /** Text without a slash that is different each time, such as a date. */
    record Varying() implements Hole {

        @Override
        public String reason() {
            return "it is different each time";
        }
    }

    /**
     * A value from outside.
     *
     * @param name as it is written, such as {@code java.io.tmpdir}, {@code UPLOAD_DIR} or {@code app.upload-dir}
     * @param otherwise the default that is used if it is not set
     */
    record Variable(Kind kind, String name, Optional<String> otherwise) implements Hole {

        /** Where the value of a variable is set. */
        public enum Kind {
            SYSTEM_PROPERTY,
            ENVIRONMENT_VARIABLE,
            /** A key of the application's configuration. */
            KEY
        }

        @Override
        public String reason() {
            return "nothing sets " + name;
        }
    }
}
