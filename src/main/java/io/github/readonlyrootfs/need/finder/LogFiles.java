// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.catalogue.CommandOptions;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Command;
import io.github.readonlyrootfs.start.Redirection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the files to which a container sends its log: in options, in variables, in redirections, with {@code tee}. */
public final class LogFiles {

    /**
     * A log file, or a directory of them.
     *
     * @param setting that names it: an option, a variable, {@code >} or {@code tee}
     */
    public record LogFile(String setting, ContainerPath path, Location location) {}

    private static final Set<String> LOGS = Set.of("log file", "log directory", "access log");

    private LogFiles() {}

    /** The log files of a container, each once. */
    public static List<LogFile> of(ContainerContext container) {
        Set<LogFile> files = new LinkedHashSet<>();
        for (CommandOptions.Setting setting : CommandOptions.variables(container.environment())) {
            add(files, setting, setting.value().resolve(container.directories().workdir()));
        }
        for (Command command : container.start().commands()) {
            for (CommandOptions.Setting setting : CommandOptions.of(command)) {
                add(files, setting, command.path(setting.value()));
            }
            if (command.program().equals("tee")) {
                command.writes().forEach(write -> add(files, "tee", write.path()));
            }
        }
        for (Redirection redirection : container.start().redirections()) {
            if (redirection.stops()) {
                add(files, ">", redirection.path());
            }
        }
        return new ArrayList<>(files);
    }

    private static void add(Set<LogFile> files, CommandOptions.Setting setting, Value<ContainerPath> path) {
        if (LOGS.contains(setting.what())) {
            add(files, setting.option(), path);
        }
    }

    /** Adds a file; one that a shell writes only if its name is that of a log. */
    private static void add(Set<LogFile> files, String setting, Value<ContainerPath> path) {
        if (path instanceof Value.Known<ContainerPath> known && !known.value().isNoStorage()) {
            boolean option = !setting.equals(">") && !setting.equals("tee");
            if (option || known.value().toString().matches(".*(\\.log|\\.out|/logs?/.*)")) {
                files.add(new LogFile(setting, known.value(), known.location()));
            }
        }
    }
}
