// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BaselineWriter} writes, and refuses all else: a baseline that is not understood must hide nothing. */
final class BaselineReader {

    static final int VERSION = 1;

    private static final Pattern CONFLICT =
            Pattern.compile("^(?:<<<<<<<|=======|>>>>>>>|\\|\\|\\|\\|\\|\\|\\|)", Pattern.MULTILINE);

    private static final List<String> KEYS = List.of("rule", "severity", "resource", "container", "path", "subject");

    private final SourceFile source;

    BaselineReader(SourceFile source) {
        this.source = source;
    }

    /** @throws ConfigurationException with the line, where it is no baseline of this version */
    Map<String, List<Baseline.Listed>> read() throws ConfigurationException {
        Matcher conflict = CONFLICT.matcher(source.text());
        if (conflict.find()) {
            throw new ConfigurationException(
                    source.location(conflict.start(), conflict.end()),
                    "unresolved merge conflict",
                    "keep both sides' entries or either side, then record the findings again");
        }
        try (JsonParser json = new JsonFactory().createParser(source.text())) {
            Map<String, List<Baseline.Listed>> tasks = tasks(json);
            if (json.nextToken() != null) {
                throw new ConfigurationException(at(json), "text after the end of the baseline", "remove it");
            }
            return tasks;
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    place(e.getLocation()), "this is not JSON", "restore the file, or record the findings again");
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can be read", e);
        }
    }

    private Map<String, List<Baseline.Listed>> tasks(JsonParser json) throws IOException, ConfigurationException {
        Map<String, List<Baseline.Listed>> tasks = new LinkedHashMap<>();
        expect(JsonToken.START_OBJECT, json.nextToken(), json);
        boolean versioned = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("version") && !versioned) {
                if (value != JsonToken.VALUE_NUMBER_INT || json.getValueAsInt() != VERSION) {
                    throw new ConfigurationException(
                            at(json),
                            "this version of the plugin reads baselines of version " + VERSION + " only",
                            "use the plugin's version that wrote it, or record the findings again");
                }
                versioned = true;
            } else if (key.equals("taskDefinitions") && tasks.isEmpty()) {
                expect(JsonToken.START_OBJECT, value, json);
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String taskDefinition = json.currentName();
                    expect(JsonToken.START_ARRAY, json.nextToken(), json);
                    if (tasks.put(taskDefinition, entries(json)) != null) {
                        throw new ConfigurationException(
                                at(json), "a task definition is listed twice", "unite both lists");
                    }
                }
            } else {
                throw foreign(json);
            }
        }
        if (!versioned) {
            throw foreign(json);
        }
        return tasks;
    }

    private List<Baseline.Listed> entries(JsonParser json) throws IOException, ConfigurationException {
        List<Baseline.Listed> entries = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.START_OBJECT, json.currentToken(), json);
            Location place = at(json);
            Map<String, String> texts = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                boolean known = KEYS.contains(key) && !texts.containsKey(key);
                if (!known || json.nextToken() != JsonToken.VALUE_STRING) {
                    throw new ConfigurationException(
                            at(json),
                            "an entry has the keys " + String.join(", ", KEYS) + ", each once and with a string",
                            "restore the file, or record the findings again");
                }
                texts.put(key, json.getText());
            }
            entries.add(new Baseline.Listed(entry(texts, place), place));
        }
        return entries;
    }

    private static BaselineEntry entry(Map<String, String> texts, Location place) throws ConfigurationException {
        for (Severity severity : Severity.values()) {
            if (texts.containsKey("rule") && severity.label().equals(texts.get("severity"))) {
                return new BaselineEntry(
                        new BaselineEntry.Subject(
                                texts.getOrDefault("rule", ""),
                                Optional.ofNullable(texts.get("resource")),
                                Optional.ofNullable(texts.get("container")),
                                Optional.ofNullable(texts.get("path")),
                                Optional.ofNullable(texts.get("subject"))),
                        severity);
            }
        }
        throw new ConfigurationException(
                place,
                "an entry needs a rule, and a severity: error, warning or info",
                "restore the file, or record the findings again");
    }

    private void expect(JsonToken wanted, JsonToken found, JsonParser json) throws IOException, ConfigurationException {
        if (found != wanted) {
            throw foreign(json);
        }
    }

    private ConfigurationException foreign(JsonParser json) throws IOException {
        return new ConfigurationException(
                at(json),
                "this is not a baseline of this plugin",
                "set baseline to another file, or move this one away and record the findings again");
    }

    private Location at(JsonParser json) throws IOException {
        return place(json.currentTokenLocation());
    }

    private Location place(@Nullable JsonLocation where) {
        long offset = where == null ? 0 : where.getCharOffset();
        int inside = (int) Math.max(0, Math.min(offset, source.text().length()));
        return source.location(inside, inside);
    }
}
