// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.build;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** BuildKit's rules for the values of instructions that change no file. With other values the build fails. */
final class ArgumentRules {

    private static final int LAST_PORT = 65_535;
    private static final int LAST_MODE = 07777;

    private static final Pattern PORTS = Pattern.compile("\\+?(\\d{1,9})(?:-\\+?(\\d{1,9}))?");
    private static final Pattern PROTOCOL = Pattern.compile("(?i:tcp|udp|sctp)?");
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String SIX = "(?=[^:]*:)[0-9a-fA-F:]+(?:\\.\\d+)*";
    private static final Pattern ADDRESS =
            Pattern.compile("(?:" + BYTE + "\\.){3}" + BYTE + "|" + SIX + "|\\[" + SIX + "]");

    private static final Pattern SIGNAL =
            Pattern.compile("(?:SIG)?(?:ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL"
                    + "|PIPE|POLL|PROF|PWR|QUIT|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU"
                    + "|XFSZ|RTMIN(?:\\+(?:[1-9]|1[0-5]))?|RTMAX(?:-(?:[1-9]|1[0-4]))?)");

    private static final Pattern SYMBOLIC_MODE =
            Pattern.compile("[ugoa]*+(?:[-+=](?:[ugo]|[rwxXst]*+))++(?:,[ugoa]*+(?:[-+=](?:[ugo]|[rwxXst]*+))++)*+");

    /** A known system or architecture, or both with any names and a variant. */
    private static final Pattern PLATFORM =
            Pattern.compile("(?i:aix|android|darwin|dragonfly|freebsd|illumos|ios|js|linux|macos"
                    + "|netbsd|openbsd|plan9|solaris|wasip1|windows|zos|local|386|amd64|amd64p32|arm|armbe|arm64|arm64be|armel|armhf|aarch64"
                    + "|i386|loong64|mips\\w*|ppc\\w*|riscv\\w*|s390x?|sparc\\w*|wasm|x86_64|x86-64)(?:\\(.*\\))?"
                    + "|[\\w.-]+(?:\\(.*\\))?(?:/[\\w.-]+){1,2}");

    private ArgumentRules() {}

    /** The ports of EXPOSE. */
    static Optional<Problem> expose(String words, Location location) {
        for (String word : words.strip().split("\\s+", -1)) {
            if (!word.isEmpty() && !isPort(word)) {
                return Optional.of(new Problem(
                        location,
                        "EXPOSE has a word that is not a port",
                        "a port is a number up to 65535 or a range such as 8000-8010; /tcp, /udp or /sctp may follow"));
            }
        }
        return Optional.empty();
    }

    /** {@code [[address:]host ports:]ports[/protocol]}; what precedes the ports has no effect, but is parsed. */
    private static boolean isPort(String word) {
        int last = word.lastIndexOf(':');
        int first = last < 0 ? -1 : word.lastIndexOf(':', last - 1);
        String host = last < 0 ? "" : word.substring(first + 1, last);
        String[] container = word.substring(last + 1).split("/", 2);
        boolean addressed =
                first <= 0 || ADDRESS.matcher(word.substring(0, first)).matches();
        if (!addressed
                || (container.length > 1 && !PROTOCOL.matcher(container[1]).matches())) {
            return false;
        }
        OptionalInt range = range(container[0]);
        OptionalInt hostRange = range(host);
        return range.isPresent()
                && (host.isEmpty() || (hostRange.isPresent() && (range.getAsInt() == 0 || hostRange.equals(range))));
    }

    /** How many ports follow the first one of a range; empty if it is not a range. */
    private static OptionalInt range(String written) {
        Matcher ports = PORTS.matcher(written);
        if (!ports.matches()) {
            return OptionalInt.empty();
        }
        int first = Integer.parseInt(ports.group(1));
        int last = ports.group(2) == null ? first : Integer.parseInt(ports.group(2));
        return first <= last && last <= LAST_PORT ? OptionalInt.of(last - first) : OptionalInt.empty();
    }

    /** The signal of STOPSIGNAL. */
    static Optional<Problem> stopSignal(String signal, Location location) {
        boolean known = signal.matches("-?\\d{1,9}")
                ? Integer.parseInt(signal) != 0
                : SIGNAL.matcher(signal.toUpperCase(Locale.ROOT)).matches();
        return known
                ? Optional.empty()
                : Optional.of(new Problem(
                        location, "STOPSIGNAL is not a signal", "write a signal such as SIGTERM, or its number"));
    }

    /** The platform of a FROM line. */
    static Optional<Problem> platform(String platform, Location location) {
        return PLATFORM.matcher(platform).matches()
                ? Optional.empty()
                : Optional.of(new Problem(location, "--platform is not a platform", "write it like linux/amd64"));
    }

    /** The mode of {@code --chmod}. */
    static Optional<Problem> mode(String mode, Location location) {
        boolean valid = mode.matches("\\d+")
                ? mode.matches("[0-7]{1,9}") && Integer.parseInt(mode, 8) <= LAST_MODE
                : mode.isEmpty() || SYMBOLIC_MODE.matcher(mode).matches();
        return valid
                ? Optional.empty()
                : Optional.of(new Problem(
                        location,
                        "--chmod is not a mode",
                        "write an octal mode up to 7777, or a symbolic one such as u=rwX,go=rX"));
    }
}
