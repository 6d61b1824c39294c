// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.hcl;

import io.github.readonlyrootfs.hcl.Body.Argument;
import io.github.readonlyrootfs.hcl.Body.Block;
import io.github.readonlyrootfs.hcl.Body.Label;
import io.github.readonlyrootfs.hcl.Expression.Template;
import io.github.readonlyrootfs.source.LocatedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads HCL's native syntax: files of Terraform's configuration and of variables, templates, single expressions. What it
 * takes and refuses is what HashiCorp's own library takes and refuses.
 */
public final class HclReader {

    private final HclText text;
    private final ExpressionReader expressions;

    private HclReader(LocatedText source) {
        this.text = new HclText(source);
        this.expressions = new ExpressionReader(text);
    }

    /**
     * Reads a file.
     *
     * @throws UnreadableSourceException if it is not HCL, or is larger than any configuration
     */
    public static Body read(LocatedText source) throws UnreadableSourceException {
        return new HclReader(source).body(false);
    }

    /** Reads a text with expressions in it, as {@code templatefile} has it. */
    public static Template template(LocatedText source) throws UnreadableSourceException {
        return new HclReader(source).expressions.templates().whole();
    }

    /** Reads a text that is one expression. */
    public static Expression expression(LocatedText source) throws UnreadableSourceException {
        HclReader reader = new HclReader(source);
        return reader.text.nested(false, () -> {
            Expression read = reader.expressions.read();
            reader.text.skip();
            if (!reader.text.isAtEnd()) {
                throw reader.text.error(reader.text.at(), "text behind the value", "write one value");
            }
            return read;
        });
    }

    /** @param block whether a brace ends it */
    private Body body(boolean block) throws UnreadableSourceException {
        Map<String, Argument> arguments = new LinkedHashMap<>();
        List<Block> blocks = new ArrayList<>();
        while (true) {
            text.skip();
            if (text.isAtEnd()) {
                if (block) {
                    throw text.error(text.at(), "the file ends in a block", "write `}`");
                }
                break;
            }
            if (block && text.take("}")) {
                break;
            }
            if (text.isLineEnd()) {
                text.moveTo(text.text().indexOf('\n', text.at()) + 1);
                continue;
            }
            int start = text.at();
            String name = text.name("an argument or a block");
            Location place = text.from(start);
            if (isArgument()) {
                argument(name, place, arguments);
            } else {
                blocks.add(text.nested(true, () -> block(start, name, place)));
            }
            endOfLine();
        }
        return new Body(arguments, List.copyOf(blocks));
    }

    private boolean isArgument() throws UnreadableSourceException {
        return text.isNext("=") && !text.isNext("==") && !text.isNext("=>");
    }

    private void argument(String name, Location place, Map<String, Argument> arguments)
            throws UnreadableSourceException {
        int equals = text.at();
        text.take("=");
        Expression value = expressions.read();
        Argument before = arguments.putIfAbsent(name, new Argument(name, place, value));
        if (before != null) {
            throw text.error(
                    equals,
                    "another argument, on line " + before.nameLocation().line() + ", has the same name",
                    "write it once; Terraform refuses the file");
        }
    }

    private void endOfLine() throws UnreadableSourceException {
        text.skip();
        if (!text.isLineEnd() && !text.isAtEnd()) {
            throw text.error(text.at(), "the end of the line was expected here", "write this on a line of its own");
        }
    }

    private Block block(int start, String type, Location place) throws UnreadableSourceException {
        List<Label> labels = new ArrayList<>();
        while (!text.isNext("{")) {
            int label = text.at();
            if (text.peek() == '"') {
                labels.add(new Label(expressions.templates().label(), text.from(label)));
            } else {
                String word = text.name("`=`, or `{`");
                labels.add(new Label(word, text.from(label)));
            }
        }
        text.take("{");
        text.skip();
        Body body = text.isLineEnd() || text.isAtEnd() || text.isNext("}") ? body(true) : single();
        return new Block(type, place, List.copyOf(labels), body, text.from(start));
    }

    /** The body of a block on one line, which has one argument. */
    private Body single() throws UnreadableSourceException {
        int start = text.at();
        String name = text.name("an argument");
        Location place = text.from(start);
        if (!isArgument()) {
            throw text.error(text.at(), "`=` was expected here", "write blocks on lines of their own");
        }
        Map<String, Argument> only = new LinkedHashMap<>();
        argument(name, place, only);
        text.expect("}", "this block: on one line it can have one argument");
        return new Body(only, List.of());
    }
}
