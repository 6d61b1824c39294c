// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.hcl;

import io.github.readonlyrootfs.hcl.Expression.Attribute;
import io.github.readonlyrootfs.hcl.Expression.Binary;
import io.github.readonlyrootfs.hcl.Expression.BooleanValue;
import io.github.readonlyrootfs.hcl.Expression.Call;
import io.github.readonlyrootfs.hcl.Expression.Conditional;
import io.github.readonlyrootfs.hcl.Expression.Element;
import io.github.readonlyrootfs.hcl.Expression.For;
import io.github.readonlyrootfs.hcl.Expression.Index;
import io.github.readonlyrootfs.hcl.Expression.Item;
import io.github.readonlyrootfs.hcl.Expression.Names;
import io.github.readonlyrootfs.hcl.Expression.NullValue;
import io.github.readonlyrootfs.hcl.Expression.NumberValue;
import io.github.readonlyrootfs.hcl.Expression.ObjectValue;
import io.github.readonlyrootfs.hcl.Expression.Parentheses;
import io.github.readonlyrootfs.hcl.Expression.Splat;
import io.github.readonlyrootfs.hcl.Expression.Tuple;
import io.github.readonlyrootfs.hcl.Expression.Unary;
import io.github.readonlyrootfs.hcl.Expression.Variable;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads expressions, as HCL's native syntax specification and its reference implementation have them. */
final class ExpressionReader {

    /** Binary operators by precedence, the weakest first; of two with the same beginning the longer one first. */
    private static final List<List<String>> OPERATORS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("==", "!="),
            List.of("<=", ">=", "<", ">"),
            List.of("+", "-"),
            List.of("*", "/", "%"));

    private static final Pattern NUMBER = Pattern.compile("\\d++(?:\\.\\d++)?+(?:[eE][+-]?\\d{1,6}+)?+");

    private final HclText text;
    private final TemplateReader templates;

    ExpressionReader(HclText text) {
        this.text = text;
        this.templates = new TemplateReader(text, this);
    }

    TemplateReader templates() {
        return templates;
    }

    Expression read() throws UnreadableSourceException {
        text.count();
        Expression condition = binary(0);
        if (!text.take("?")) {
            return condition;
        }
        Expression then = text.nested(text.countsLines(), this::read);
        text.expect(":", "the conditional expression");
        Expression otherwise = text.nested(text.countsLines(), this::read);
        return new Conditional(condition.location().upTo(otherwise.location()), condition, then, otherwise);
    }

    private Expression binary(int level) throws UnreadableSourceException {
        if (level == OPERATORS.size()) {
            return withSteps();
        }
        Expression left = binary(level + 1);
        Optional<String> operator = operator(level);
        while (operator.isPresent()) {
            text.count();
            Expression right = binary(level + 1);
            left = new Binary(left.location().upTo(right.location()), operator.get(), left, right);
            operator = operator(level);
        }
        return left;
    }

    private Optional<String> operator(int level) throws UnreadableSourceException {
        for (String operator : OPERATORS.get(level)) {
            if (text.take(operator)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    private Expression withSteps() throws UnreadableSourceException {
        return steps(term(), false);
    }

    /** @param attributes whether only attributes and numbers are read, as behind {@code .*} */
    private Expression steps(Expression first, boolean attributes) throws UnreadableSourceException {
        Expression value = first;
        while (true) {
            text.count();
            if (!text.isNext("...") && text.take(".")) {
                value = attribute(value, attributes);
            } else if (!attributes && text.take("[")) {
                value = index(value);
            } else {
                return value;
            }
        }
    }

    private Expression attribute(Expression of, boolean inSplat) throws UnreadableSourceException {
        if (text.isNext("*") && !inSplat) {
            text.take("*");
            return splat(of, true);
        }
        if (Character.isDigit(text.peek())) {
            int start = text.at();
            String index = number();
            if (index.indexOf('.') >= 0) {
                throw text.error(start, "this is a number with a fraction, not two indexes", "write `[0][1]`");
            }
            Location place = place(of);
            return new Index(place, of, new NumberValue(place, new BigDecimal(index)));
        }
        String name = text.name("the name of an attribute");
        return new Attribute(place(of), of, name);
    }

    /** From the beginning of an expression up to here. */
    private Location place(Expression of) {
        return text.between(of.location(), text.at());
    }

    private Expression index(Expression of) throws UnreadableSourceException {
        if (text.take("*")) {
            text.expect("]", "the brackets around `*`");
            return splat(of, false);
        }
        Expression key = text.nested(false, () -> {
            Expression read = read();
            text.expect("]", "the index");
            return read;
        });
        return new Index(place(of), of, key);
    }

    private Expression splat(Expression of, boolean attributes) throws UnreadableSourceException {
        Location place = place(of);
        Expression each = text.nested(text.countsLines(), () -> steps(new Element(place), attributes));
        return new Splat(place(of), of, each);
    }

    private Expression term() throws UnreadableSourceException {
        text.skip();
        int start = text.at();
        char next = text.peek();
        if (next == '"') {
            return templates.quoted();
        }
        if (next == '<' && text.peek(1) == '<') {
            return templates.heredoc();
        }
        if (next == '-' || next == '!') {
            text.moveTo(start + 1);
            Expression operand = text.nested(text.countsLines(), this::withSteps);
            return new Unary(text.from(start), next, operand);
        }
        if (next == '(') {
            return text.nested(false, () -> {
                text.take("(");
                Expression content = read();
                text.expect(")", "the parentheses");
                return new Parentheses(text.from(start), content);
            });
        }
        if (next == '[') {
            return text.nested(false, () -> tuple(start));
        }
        if (next == '{') {
            return text.nested(false, () -> object(start));
        }
        if (next >= '0' && next <= '9') {
            BigDecimal value = new BigDecimal(number());
            return new NumberValue(text.from(start), value);
        }
        if (text.isName()) {
            return named(start);
        }
        throw text.error(start, "a value was expected here", "look at this line and the one before");
    }

    private String number() throws UnreadableSourceException {
        Matcher number =
                NUMBER.matcher(text.text()).region(text.at(), text.text().length());
        if (!number.lookingAt()) {
            throw text.error(text.at(), "a number was expected here", "write digits");
        }
        text.moveTo(number.end());
        return number.group();
    }

    private Expression named(int start) throws UnreadableSourceException {
        String name = text.name("a name");
        Location place = text.from(start);
        if (text.isNext("(")) {
            return text.nested(false, () -> call(start, name));
        }
        if (text.isNext("::")) {
            return ofProvider(start, name);
        }
        return switch (name) {
            case "true", "false" -> new BooleanValue(place, name.equals("true"));
            case "null" -> new NullValue(place);
            default -> new Variable(place, name);
        };
    }

    /** The call of a function such as {@code provider::aws::arn_parse}, as Terraform has it since version 1.8. */
    private Expression ofProvider(int start, String first) throws UnreadableSourceException {
        StringBuilder function = new StringBuilder(first);
        while (text.take("::")) {
            function.append("::").append(text.name("the name of a function"));
        }
        if (!text.isNext("(")) {
            text.expect("(", "the arguments of `" + function + "`");
        }
        return text.nested(false, () -> call(start, function.toString()));
    }

    private Expression call(int start, String function) throws UnreadableSourceException {
        text.take("(");
        List<Expression> arguments = new ArrayList<>();
        boolean expanded = false;
        while (!text.take(")")) {
            arguments.add(read());
            if (text.take("...")) {
                expanded = true;
                text.expect(")", "the end of the call");
                break;
            }
            if (!text.isNext(")")) {
                text.expect(",", "the arguments of `" + function + "`");
            }
        }
        return new Call(text.from(start), function, List.copyOf(arguments), expanded);
    }

    private Expression tuple(int start) throws UnreadableSourceException {
        text.take("[");
        if (text.isName("for")) {
            return repeated(start, "]");
        }
        List<Expression> elements = new ArrayList<>();
        while (!text.take("]")) {
            elements.add(read());
            if (!text.isNext("]")) {
                text.expect(",", "the elements between the brackets");
            }
        }
        return new Tuple(text.from(start), List.copyOf(elements));
    }

    private Expression object(int start) throws UnreadableSourceException {
        text.take("{");
        return text.isName("for") ? repeated(start, "}") : text.nested(true, () -> items(start));
    }

    private Expression items(int start) throws UnreadableSourceException {
        List<Item> items = new ArrayList<>();
        while (true) {
            skipLines();
            if (text.take("}")) {
                break;
            }
            Expression key = read();
            if (text.isNext("=>") || text.isNext("==") || !(text.take("=") || text.take(":"))) {
                throw text.error(text.at(), "`=` was expected here", "write a key, `=` and its value");
            }
            items.add(new Item(key, read()));
            text.skip();
            if (!text.isLineEnd() && !text.isNext("}")) {
                text.expect(",", "the end of the value before");
            }
        }
        return new ObjectValue(text.from(start), List.copyOf(items));
    }

    private void skipLines() throws UnreadableSourceException {
        text.nested(false, () -> {
            text.skip();
            return true;
        });
    }

    private Expression repeated(int start, String close) throws UnreadableSourceException {
        text.name("for");
        Names names = names();
        Expression collection = read();
        text.expect(":", "the `for`");
        Expression value = read();
        Optional<Expression> key = Optional.empty();
        if (text.take("=>")) {
            key = Optional.of(value);
            value = read();
        }
        int mark = text.at();
        boolean group = text.take("...");
        Optional<Expression> condition = Optional.empty();
        if (text.isName("if")) {
            text.name("if");
            condition = Optional.of(read());
        }
        text.expect(close, "the end of the `for`");
        boolean object = close.equals("}");
        if (key.isPresent() != object || (group && !object)) {
            throw text.error(
                    mark, "this is not how a `for` ends", "write `key => value` in braces, a value alone in brackets");
        }
        return new For(text.from(start), names, collection, key, value, group, condition);
    }

    /** The names behind {@code for}, up to {@code in}. */
    Names names() throws UnreadableSourceException {
        String first = text.name("a name");
        Optional<String> second = text.take(",") ? Optional.of(text.name("a name")) : Optional.empty();
        if (!text.isName("in")) {
            throw text.error(text.at(), "`in` was expected here", "write `for NAME in VALUE`");
        }
        text.name("in");
        return second.isPresent() ? new Names(Optional.of(first), second.get()) : new Names(Optional.empty(), first);
    }
}
