// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a file says about one thing: a value, something that cannot be determined from the files, or nothing. Unknown must
 * never collapse into absent: an undefined {@code USER $APP_UID} is not root.
 */
public sealed interface Value<T> {

    /** The files have it. */
    record Known<T>(T value, Location location) implements Value<T> {}

    /**
     * The files have a value that cannot be evaluated here.
     *
     * @param reason why, for display, as half a sentence, such as {@code "no ARG or ENV defines APP_UID"}; names no values
     * @param placeholder the text in its place, if a deployment could supply the value
     */
    record Unknown<T>(String reason, Location location, Optional<Placeholder> placeholder) implements Value<T> {

        public Unknown(String reason, Location location) {
            this(reason, location, Optional.empty());
        }

        /** The same, of a thing of another type. */
        public <U> Unknown<U> as() {
            return new Unknown<>(reason, location, placeholder);
        }

        /** The name under which {@code templateValues} can supply it. */
        public Optional<String> templateValue() {
            return placeholder.filter(TemplateValue.class::isInstance).map(Placeholder::name);
        }

        /** The property of the pom or of the command line that would supply it. */
        public Optional<String> pomProperty() {
            return placeholder.filter(PomProperty.class::isInstance).map(Placeholder::name);
        }
    }

    /** The text in place of a value that is supplied elsewhere. */
    sealed interface Placeholder {

        String name();
    }

    /** A value that a deployment fills in. */
    record TemplateValue(String name) implements Placeholder {}

    /** Such a value in a text that may hold a secret, so that it has no name here. */
    record HiddenValue() implements Placeholder {

        @Override
        public String name() {
            return "";
        }
    }

    /** A property that nothing in the pom defines. */
    record PomProperty(String name) implements Placeholder {}

    /** The files do not mention it. */
    record Absent<T>() implements Value<T> {}

    static <T> Value<T> absent() {
        return new Absent<>();
    }

    /** The changed value; unknown or absent stays unknown or absent. */
    default <U> Value<U> map(Function<? super T, ? extends U> change) {
        if (this instanceof Known<T> known) {
            return new Known<>(change.apply(known.value()), known.location());
        }
        return notKnown();
    }

    /** The same for a change whose result may be unknown or absent. */
    default <U> Value<U> flatMap(Function<Known<T>, Value<U>> change) {
        if (this instanceof Known<T> known) {
            return change.apply(known);
        }
        return notKnown();
    }

    private <U> Value<U> notKnown() {
        return this instanceof Unknown<T> unknown ? unknown.as() : absent();
    }

    /** This, or the other where this is absent. */
    default Value<T> or(Value<T> other) {
        return isAbsent() ? other : this;
    }

    /** The value where it is known. */
    default Optional<T> known() {
        return this instanceof Known<T> known ? Optional.of(known.value()) : Optional.empty();
    }

    default boolean isAbsent() {
        return this instanceof Absent;
    }

    default boolean isUnknown() {
        return this instanceof Unknown;
    }

    /** Its location in the files; empty if it is absent. */
    default Optional<Location> where() {
        if (this instanceof Known<T> known) {
            return Optional.of(known.location());
        }
        return this instanceof Unknown<T> unknown ? Optional.of(unknown.location()) : Optional.empty();
    }
}
