// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import java.math.BigDecimal;
import java.util.Optional;

/** Checks HEALTHCHECK's durations as Go reads them, and its number of retries. */
final class HealthcheckFlag {

    private static final BigDecimal MILLISECOND = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
    /** No sensible duration is longer, and reading a longer one would take long. */
    private static final int MAX_LENGTH = 100;

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
        boolean negative = value.startsWith("-");
        int pos = negative || value.startsWith("+") ? 1 : 0;
        if (value.substring(pos).equals("0")) {
            return Optional.of(BigDecimal.ZERO);
        }
        BigDecimal total = BigDecimal.ZERO;
        if (pos == value.length()) {
            return Optional.empty();
        }
        while (pos < value.length()) {
            int numberEnd = pos;
            while (numberEnd < value.length() && isNumberPart(value.charAt(numberEnd))) {
                numberEnd++;
            }
            int unitEnd = numberEnd;
            while (unitEnd < value.length() && !isNumberPart(value.charAt(unitEnd))) {
                unitEnd++;
            }
            Optional<BigDecimal> number = number(value.substring(pos, numberEnd));
            Optional<BigDecimal> unit = unit(value.substring(numberEnd, unitEnd));
            if (number.isEmpty() || unit.isEmpty()) {
                return Optional.empty();
            }
            total = total.add(number.get().multiply(unit.get()));
            pos = unitEnd;
        }
        return total.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(negative ? total.negate() : total);
    }

    private static boolean isNumberPart(char c) {
        return c == '.' || (c >= '0' && c <= '9');
    }

    private static Optional<BigDecimal> number(String digits) {
        boolean valid =
                digits.indexOf('.') == digits.lastIndexOf('.') && digits.chars().anyMatch(c -> c != '.');
        return valid ? Optional.of(new BigDecimal(digits)) : Optional.empty();
    }

    private static Optional<BigDecimal> unit(String name) {
        return switch (name) {
            case "ns" -> Optional.of(BigDecimal.ONE);
            case "us", "µs", "μs" -> Optional.of(BigDecimal.valueOf(1_000));
            case "ms" -> Optional.of(MILLISECOND);
            case "s" -> Optional.of(BigDecimal.valueOf(1_000_000_000L));
            case "m" -> Optional.of(BigDecimal.valueOf(60_000_000_000L));
            case "h" -> Optional.of(BigDecimal.valueOf(3_600_000_000_000L));
            default -> Optional.empty();
        };
    }
}
