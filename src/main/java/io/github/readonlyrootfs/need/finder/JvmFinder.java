// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.FoundNeeds;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.Need.Kind;
import io.github.readonlyrootfs.need.NeedFinder;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.JavaVersion;
import io.github.readonlyrootfs.start.Jvm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the files that a JVM itself writes because of its options. Measured with Java 17 and 25: the JVM exits if it cannot write
 * a log file or a flight recording; it continues without a heap dump and an error file. Its
 * performance data (hsperfdata in /tmp) is not reported: every JVM silently continues without it.
 */
final class JvmFinder implements NeedFinder {

    private static final String LOG = "-Xlog:";
    private static final String OLD_LOG = "-Xloggc:";

    /** From this version of Java on, {@code -Xloggc} is another way to write {@code -Xlog}. */
    private static final int UNIFIED_LOGGING = 9;

    private static final String RECORDING = "-XX:StartFlightRecording";
    private static final String RECORDER = "-XX:FlightRecorderOptions";

    /** Options that name a file which the JVM can do without, with the flag that they need. */
    private static final Map<String, String> DISPENSABLE = new LinkedHashMap<>();

    static {
        DISPENSABLE.put("-XX:ErrorFile=", "");
        DISPENSABLE.put("-XX:ArchiveClassesAtExit=", "");
        DISPENSABLE.put("-XX:AOTCacheOutput=", "");
        DISPENSABLE.put("-XX:SharedArchiveFile=", "AutoCreateSharedArchive");
        DISPENSABLE.put("-XX:LogFile=", "LogVMOutput");
    }

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public void find(ContainerContext container, FoundNeeds found) {
        for (Jvm jvm : container.java().jvms()) {
            if (!jvm.isExecutable()) {
                FoundNeeds own = found.from(container.start()).by(jvm.command().writer());
                new Options(container, jvm, own).find();
            }
        }
    }

    /** The options of one JVM, one after the other. */
    private record Options(ContainerContext container, Jvm jvm, FoundNeeds found) {

        void find() {
            jvm.options()
                    .incomplete()
                    .filter(reason -> container.image().config().complete())
                    .ifPresent(reason -> found.gap(new Gap(
                            Gap.Kind.WRITES,
                            "the JVM",
                            reason,
                            Impact.FATAL.of(jvm.command()),
                            found.evidence(
                                    "its options may name a log file",
                                    Optional.of(jvm.command().location())))));
            for (Field option : jvm.options().arguments()) {
                String text = option.text();
                if (text.startsWith(LOG)) {
                    logFile(text.substring(LOG.length()))
                            .ifPresent(file -> fatal(option.value().withPrefix(file), "-Xlog", option));
                } else if (text.startsWith(OLD_LOG)) {
                    oldLog(option);
                } else if (text.startsWith(RECORDING)) {
                    recording(option);
                }
            }
            dispensable();
            heapDump();
        }

        /** Java 8 prints a warning if it cannot open the file, and continues without it. */
        private void oldLog(Field option) {
            Field file = option.from(OLD_LOG.length());
            boolean warns = JavaVersion.of(container.image(), jvm.command().environment())
                            .orElse(UNIFIED_LOGGING)
                    < UNIFIED_LOGGING;
            if (warns) {
                write(jvm.command().path(file), Impact.TOLERATED, "-Xloggc names a file", option);
            } else {
                fatal(file.value(), "-Xloggc", option);
            }
        }

        private void fatal(Text file, String option, Field where) {
            write(
                    file.resolve(jvm.command().directory(), where.where()),
                    Impact.FATAL,
                    option + " names a file, and the JVM exits if it cannot open it",
                    where);
        }

        private void write(Value<ContainerPath> path, Impact impact, String detail, Field option) {
            found.write(
                    path,
                    "the file of " + option.text().replaceFirst("[:=].*", ""),
                    impact.of(jvm.command()),
                    found.evidence(detail, Optional.of(option.where())));
        }

        /** The file in {@code what:output:decorators:options}; empty if the output is a stream. */
        private static Optional<String> logFile(String written) {
            List<String> parts = new ArrayList<>();
            StringBuilder part = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < written.length(); i++) {
                char c = written.charAt(i);
                quoted ^= c == '"';
                if (c == ':' && !quoted) {
                    parts.add(part.toString());
                    part.setLength(0);
                } else if (c != '"') {
                    part.append(c);
                }
            }
            parts.add(part.toString());
            if (parts.size() < 2) {
                return Optional.empty();
            }
            String output = parts.get(1);
            boolean stream = output.isEmpty() || output.equals("stdout") || output.equals("stderr");
            return stream ? Optional.empty() : Optional.of(output.startsWith("file=") ? output.substring(5) : output);
        }

        /** A recording has a repository directory, wherever the recording itself is written. */
        private void recording(Field option) {
            Value<String> repository = setting(jvm.options().value(RECORDER), "repository");
            found.write(
                    repository.isAbsent() ? container.application().temporary() : path(repository),
                    "the repository of " + RECORDING,
                    Impact.FATAL.of(jvm.command()),
                    !repository.isAbsent(),
                    repository.isAbsent() ? Kind.ENTRIES : Kind.EITHER,
                    found.evidence(
                            RECORDING + " keeps its repository there, and the JVM exits if it cannot"
                                    + container.java().assumption(),
                            Optional.of(option.where())));
            Value<String> written = option.known()
                    ? new Value.Known<>(option.text().substring(RECORDING.length()), option.where())
                    : Value.absent();
            if (setting(written, "filename") instanceof Value.Known<String> file) {
                fatal(Text.of(file.value()), RECORDING, option);
            }
        }

        /** One of the settings {@code =name=value,name=value}. */
        private static Value<String> setting(Value<String> settings, String name) {
            if (!(settings instanceof Value.Known<String> known)) {
                return settings;
            }
            for (String setting : known.value().replaceFirst("^[:=]", "").split(",", -1)) {
                if (setting.startsWith(name + "=")) {
                    return new Value.Known<>(setting.substring(name.length() + 1), known.location());
                }
            }
            return Value.absent();
        }

        private Value<ContainerPath> path(Value<String> written) {
            return Text.resolve(written, jvm.command().directory());
        }

        private void dispensable() {
            for (Map.Entry<String, String> each : DISPENSABLE.entrySet()) {
                String prefix = each.getKey();
                String flag = each.getValue();
                if ((flag.isEmpty() || isOn(flag)) && jvm.options().value(prefix) instanceof Value.Known<String> file) {
                    String option = flag.isEmpty() ? prefix.substring(0, prefix.length() - 1) : "-XX:+" + flag;
                    found.write(
                            Text.resolve(file, jvm.command().directory()),
                            option,
                            Impact.TOLERATED,
                            found.evidence(
                                    option + " names a file that the JVM can do without",
                                    Optional.of(file.location())));
                }
            }
        }

        /**
         * Without a path, the dump goes to the directory in which the JVM started. If a path is set, the dump is a feature that
         * somebody wants.
         */
        private void heapDump() {
            if (!isOn("HeapDumpOnOutOfMemoryError")) {
                return;
            }
            Value<String> written = jvm.options().value("-XX:HeapDumpPath=");
            Location java = jvm.command().words().get(0).where();
            found.write(
                    written.isAbsent() ? jvm.command().directory() : path(written),
                    "the heap dump",
                    written.isAbsent() ? Impact.TOLERATED : Impact.FEATURE,
                    false,
                    Kind.EITHER,
                    found.evidence(
                            "-XX:+HeapDumpOnOutOfMemoryError writes the heap dump there",
                            Optional.of(written.where().orElse(java))));
        }

        /** Whether a flag is on; its last occurrence counts. */
        private boolean isOn(String flag) {
            boolean on = false;
            for (Field option : jvm.options().arguments()) {
                on = option.text().equals("-XX:+" + flag)
                        || (on && !option.text().equals("-XX:-" + flag));
            }
            return on;
        }
    }
}
