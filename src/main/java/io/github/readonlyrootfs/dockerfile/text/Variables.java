// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

/** The variables that an instruction's arguments may use. */
@FunctionalInterface
public interface Variables {

    /** No instruction declares a variable. */
    Variables NONE = name -> new State.Unset();

    State lookup(String name);

    sealed interface State {

        /** It has this value; it may be empty. */
        record Set(String value) implements State {}

        /**
         * It has no value: it expands to nothing.
         *
         * @param declared whether an ARG without a default declares it: a build argument may set it
         */
        record Unset(boolean declared) implements State {

            /** A variable that no instruction declares. */
            public Unset() {
                this(false);
            }
        }

        /**
         * It may have a value that cannot be determined from the files.
         *
         * @param reason half a sentence, such as {@code "the base image may define it"}
         */
        record Unknown(String reason) implements State {}
    }
}
