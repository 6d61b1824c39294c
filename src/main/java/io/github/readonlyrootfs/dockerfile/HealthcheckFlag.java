// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks HEALTHCHECK's durations as Go reads them, and its number of retries. */
final class HealthcheckFlag {

    private static final BigDecimal MILLISECOND = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    /** No sensible duration is longer, and reading a longer one would take long. */
    private static final int MAX_LENGTH = 100;

    /** A number and its unit; microseconds have three spellings. */
    private static final Pattern PART = Pattern.compile("(\\d++\\.?\\d*+|\\.\\d++)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");

    private HealthcheckFlag() {}

    static void check(Instruction.Flag flag) throws RejectedInstruction {
        String value = flag.value().text();
        if (value.isEmpty()) {
            return;
        }
        if (flag.name().equals("retries")) {
            if (!isCount(value)) {
                throw RejectedInstruction.meaning(flag.location(), "--retries takes a whole number", "write 0 or more");
            }
            return;
        }
        Optional<BigDecimal> nanoseconds = value.length() > MAX_LENGTH ? Optional.empty() : nanoseconds(value);
        if (nanoseconds.isEmpty()) {
            throw RejectedInstruction.meaning(
                    flag.location(), "--" + flag.name() + " takes a duration", "write it like 30s or 1m30s");
        }
        boolean tooShort = nanoseconds.get().compareTo(MILLISECOND) < 0;
        if (tooShort && nanoseconds.get().signum() != 0) {
            throw RejectedInstruction.meaning(
                    flag.location(), "--" + flag.name() + " is shorter than a millisecond", "write 1ms or more, or 0");
        }
    }

    private static boolean isCount(String value) {
        try {
            return Integer.parseInt(value) >= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Optional<BigDecimal> nanoseconds(String value) {
        String parts = value.replaceFirst("^[-+]", "");
        if (parts.equals("0")) {
            return Optional.of(BigDecimal.ZERO);
        }
        BigDecimal total = BigDecimal.ZERO;
        Matcher part = PART.matcher(parts);
        int at = 0;
        while (part.region(at, parts.length()).lookingAt()) {
            total = total.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
            at = part.end();
        }
        return at == 0 || at < parts.length() || total.compareTo(LONGEST) > 0
                ? Optional.empty()
                : Optional.of(value.startsWith("-") ? total.negate() : total);
    }

    private static BigDecimal unit(String name) {
        return switch (name) {
            case "ns" -> BigDecimal.ONE;
            case "ms" -> MILLISECOND;
            case "s" -> BigDecimal.valueOf(1_000_000_000L);
            case "m" -> BigDecimal.valueOf(60_000_000_000L);
            case "h" -> BigDecimal.valueOf(3_600_000_000_000L);
            default -> BigDecimal.valueOf(1_000);
        };
    }
}
