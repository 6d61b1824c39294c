// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.terraform;

import io.github.readonlyrootfs.hcl.Expression;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Node.BooleanNode;
import io.github.readonlyrootfs.taskdef.node.Node.NullNode;
import java.math.BigDecimal;
import java.util.Optional;

/** What Terraform's operators make of their operands, but for arithmetic. */
final class Operators {

    private final Evaluator evaluator;

    Operators(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Node unary(Expression.Unary unary, Node operand) {
        if (Conversions.isUnknown(operand)) {
            return evaluator.because(unary.location(), operand);
        }
        if (unary.operator() == '-' && Conversions.decimal(operand).signum() == 0) {
            return evaluator.unknown(unary.location(), "the sign of a zero is not evaluated");
        }
        return unary.operator() == '!'
                ? new BooleanNode(unary.location(), !Conversions.truth(operand))
                : Conversions.number(
                        new NullNode(unary.location()),
                        Conversions.decimal(operand).negate());
    }

    Node binary(Expression.Binary binary, Scope scope) {
        Node left = evaluator.evaluate(binary.left(), scope);
        Location place = binary.location();
        String operator = binary.operator();
        if (operator.equals("&&") || operator.equals("||")) {
            return logical(binary, left, scope);
        }
        Node right = evaluator.evaluate(binary.right(), scope);
        if (operator.equals("==") || operator.equals("!=")) {
            Optional<Boolean> equal = isEqual(left, right);
            return equal.isPresent()
                    ? new BooleanNode(place, equal.get() == operator.equals("=="))
                    : evaluator.unknown(place, undecided(place, left, right));
        }
        if (Conversions.isUnknown(left) || Conversions.isUnknown(right)) {
            return evaluator.unknown(place, undecided(place, left, right));
        }
        BigDecimal one = Conversions.decimal(left);
        BigDecimal other = Conversions.decimal(right);
        return switch (operator) {
            case "<" -> new BooleanNode(place, one.compareTo(other) < 0);
            case "<=" -> new BooleanNode(place, one.compareTo(other) <= 0);
            case ">" -> new BooleanNode(place, one.compareTo(other) > 0);
            case ">=" -> new BooleanNode(place, one.compareTo(other) >= 0);
            default -> evaluator.unknown(place, "arithmetic is not evaluated");
        };
    }

    private Node logical(Expression.Binary binary, Node left, Scope scope) {
        boolean decides = binary.operator().equals("||");
        Location place = binary.location();
        if (!Conversions.isUnknown(left) && Conversions.truth(left) == decides && !evaluator.isTried()) {
            return new BooleanNode(place, decides);
        }
        // Whether a mistake in it counts depends on Terraform's version.
        Node right = evaluator.isTried()
                ? evaluator.value(binary.right(), scope)
                : evaluator.evaluate(binary.right(), scope);
        boolean known = !Conversions.isUnknown(right) && (!evaluator.isTried() || right instanceof BooleanNode);
        if (known && (Conversions.truth(right) == decides)) {
            return new BooleanNode(place, decides);
        }
        return known && !Conversions.isUnknown(left)
                ? new BooleanNode(place, Conversions.truth(left))
                : evaluator.unknown(place, undecided(place, left, right));
    }

    private String undecided(Location place, Node left, Node right) {
        Node cause = Conversions.isUnknown(left) ? left : right;
        return Conversions.isUnknown(cause)
                ? evaluator.unknown(place, cause).reason()
                : "the comparison of lists and objects is not evaluated";
    }

    private static Optional<Boolean> isEqual(Node left, Node right) {
        if (Conversions.isUnknown(left) || Conversions.isUnknown(right)) {
            return Optional.empty();
        }
        if (left instanceof NullNode || right instanceof NullNode) {
            return Optional.of(left instanceof NullNode && right instanceof NullNode);
        }
        // A number is never equal to a string.
        return left.scalar().isPresent() && right.scalar().isPresent()
                ? Optional.of(left.noun().equals(right.noun()) && left.scalar().equals(right.scalar()))
                : Optional.empty();
    }
}
