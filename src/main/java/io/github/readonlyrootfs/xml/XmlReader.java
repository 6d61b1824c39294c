// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.xml;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.source.Value;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML with the JDK's parser. Document type declarations are not processed: no entity is replaced and nothing is
 * fetched. A declaration of entities makes the file unreadable; a reference to a DTD, as in log4j.xml, is skipped.
 */
public final class XmlReader {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_ELEMENTS = 50_000;

    /** The limit for one element: finding the location of each costs time. */
    private static final int MAX_ATTRIBUTES = 100;

    private static final Pattern ATTRIBUTE = Pattern.compile("\\s([^\\s=]++)\\s*+=\\s*+(\"[^\"]*+\"|'[^']*+')");

    private final SourceFile source;
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable XmlElement root;
    private int elements;

    /** An element whose end has not come yet. */
    private static final class Open {

        private final String name;
        private final Location tag;
        private final Map<String, Value.Known<String>> attributes;
        private final List<XmlElement> children = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();

        Open(String name, Location tag, Map<String, Value.Known<String>> attributes) {
            this.name = name;
            this.tag = tag;
            this.attributes = attributes;
        }
    }

    private XmlReader(SourceFile source) {
        this.source = source;
    }

    /**
     * Reads a file.
     *
     * @throws UnreadableSourceException if it is not well-formed, declares entities, or is larger than any configuration
     */
    public static XmlElement read(SourceFile source) throws UnreadableSourceException {
        return new XmlReader(source).read();
    }

    private XmlElement read() throws UnreadableSourceException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(source.text()));
            int start = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                int end = Math.max(start, offset(reader.getLocation()));
                take(event, reader, start, end);
                start = end;
            }
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
        if (root == null) {
            throw invalid(0, 0, "the file has no element", "write the configuration, or remove the file");
        }
        return root;
    }

    /** The JDK's own offset is wrong behind a long attribute; its lines and columns are right. */
    private int offset(javax.xml.stream.Location at) {
        int line = Math.max(1, Math.min(at.getLineNumber(), source.lineCount()));
        int column = Math.max(1, at.getColumnNumber());
        return Math.min(source.lineStart(line) + column - 1, source.text().length());
    }

    private void take(int event, XMLStreamReader reader, int start, int end) throws UnreadableSourceException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(reader, end);
            case XMLStreamConstants.END_ELEMENT -> end();
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                if (!open.isEmpty()) {
                    open.peek().text.append(reader.getText());
                }
            }
            case XMLStreamConstants.DTD -> {
                if (reader.getText().indexOf('[') >= 0) {
                    throw invalid(
                            start, end, "the file declares entities, which are not read", "write it without DOCTYPE");
                }
            }
            default -> {
                // Comments and processing instructions have no values.
            }
        }
    }

    private void start(XMLStreamReader reader, int end) throws UnreadableSourceException {
        // A tag contains no other <, so the last one begins it.
        int start = Math.max(0, source.text().lastIndexOf('<', end - 1));
        elements++;
        if (open.size() == MAX_DEPTH) {
            throw tooMuch(start, "elements are nested more than " + MAX_DEPTH + " levels deep");
        }
        if (elements > MAX_ELEMENTS) {
            throw tooMuch(start, "the file has more than " + MAX_ELEMENTS + " elements");
        }
        if (reader.getAttributeCount() > MAX_ATTRIBUTES) {
            throw tooMuch(start, "an element has more than " + MAX_ATTRIBUTES + " attributes");
        }
        String tag = source.text().substring(start, end);
        Map<String, Value.Known<String>> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String name = reader.getAttributeLocalName(i);
            attributes.put(name, new Value.Known<>(reader.getAttributeValue(i), place(name, tag, start)));
        }
        open.push(new Open(reader.getLocalName(), source.location(start, end), attributes));
    }

    /** The location of an attribute's value. */
    private Location place(String attribute, String tag, int start) {
        Matcher matcher = ATTRIBUTE.matcher(tag);
        while (matcher.find()) {
            if (matcher.group(1).equals(attribute)) {
                return source.location(start + matcher.start(2) + 1, start + matcher.end(2) - 1);
            }
        }
        return source.location(start, start + tag.length());
    }

    private void end() {
        Open closed = open.pop();
        String text = closed.text.toString().strip();
        XmlElement element =
                new XmlElement(closed.name, closed.attributes, List.copyOf(closed.children), text, place(closed, text));
        if (open.isEmpty()) {
            root = element;
        } else {
            open.peek().children.add(element);
        }
    }

    /** The location of an element's text; that of the tag if the file spells the text differently. */
    private Location place(Open element, String text) {
        int from = source.lineStart(element.tag.endLine()) + element.tag.endColumn() - 1;
        int end = source.text().indexOf('<', from);
        int start = text.isEmpty() || end < 0
                ? -1
                : source.text().substring(from, end).indexOf(text);
        return start < 0 ? element.tag : source.location(from + start, from + start + text.length());
    }

    private UnreadableSourceException malformed(XMLStreamException e) {
        // The parser's message may repeat the text, which may be a secret.
        int offset = e.getLocation() == null ? 0 : e.getLocation().getCharacterOffset();
        int start = Math.max(0, Math.min(offset, source.text().length()));
        return invalid(start, start, "this is not well-formed XML", "look at the tags and quotes here and before");
    }

    private UnreadableSourceException tooMuch(int start, String message) {
        return invalid(start, start, message, "take the right file: no configuration is this large");
    }

    private UnreadableSourceException invalid(int start, int end, String message, String help) {
        return new UnreadableSourceException(new Problem(source.location(start, end), message, help));
    }
}
