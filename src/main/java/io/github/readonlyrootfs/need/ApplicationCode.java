package io.github.readonlyrootfs.need;

/** What an application's own classes use. */
@FunctionalInterface
interface ApplicationCode {

    /** What the project's own classes tell; what they do not use, a library may. */
    static ApplicationCode of(ContainerContext container) {
        return name -> container.code().get().mentions(name)
                ? Answer.YES
                : Answer.unknown("nothing here says that it is used");
    }

    /**
     * Whether they use a class.
     *
     * @param name of a class or a package, with dots; what is below it counts too
     */
    Answer uses(String name);
}
