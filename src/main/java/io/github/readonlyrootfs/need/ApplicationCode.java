package io.github.readonlyrootfs.need;

/** What an application's own classes use. */
@FunctionalInterface
interface ApplicationCode {

    /** Classes that nobody has looked at. */
    ApplicationCode UNREAD = name -> Answer.unknown("nothing here says that it is used");

    /**
     * Whether they use a class.
     *
     * @param name of a class or a package, with dots; what is below it counts too
     */
    Answer uses(String name);
}
