package io.github.readonlyrootfs.image;

import java.util.List;
import java.util.Set;

/**
 * {@code apt-get install}, {@code apk add}, {@code dnf install} and their like: of what they do to the files only the
 * packages' names are kept, since known packages have known paths.
 */
final class PackageCommands {

    private static final Set<String> INSTALLING = Set.of("install", "add", "reinstall");
    private static final Set<String> REMOVING = Set.of("remove", "purge", "autoremove", "erase", "del");

    private PackageCommands() {}

    static Status apt(Invocation call) {
        return run(call, "apt", Set.of("-o", "--option", "-t", "--target-release", "--default-release", "-c"));
    }

    static Status apk(Invocation call) {
        return run(call, "apk", Set.of("-t", "--virtual", "-X", "--repository", "-p", "--root"));
    }

    static Status rpm(Invocation call) {
        return run(call, "rpm", Set.of("-c", "--config", "--repo", "--repoid", "--releasever", "-x", "--exclude"));
    }

    /**
     * Takes note of the packages.
     *
     * @param kind of package, which goes before its name
     * @param withValue the options whose value is a word of its own
     */
    private static Status run(Invocation call, String kind, Set<String> withValue) {
        String action = "";
        List<Field> words = call.words();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            if (withValue.contains(word)) {
                i++;
            } else if (!word.startsWith("-") && action.isEmpty()) {
                action = word;
            } else if (words.get(i).known() && word.matches("[A-Za-z0-9][\\w.+-]*(?:[:/=<>~].*)?")) {
                // Version, architecture or release may follow the name.
                String name = kind + ":" + word.split("[:/=<>~]", 2)[0];
                if (INSTALLING.contains(action)) {
                    call.shell().files().install(name);
                } else if (REMOVING.contains(action)) {
                    call.shell().files().remove(name);
                }
            }
        }
        return Status.ASSUMED_SUCCESS;
    }
}
