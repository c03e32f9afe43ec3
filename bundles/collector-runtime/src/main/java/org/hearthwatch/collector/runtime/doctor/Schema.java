package org.hearthwatch.collector.runtime.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The settings a configuration may have.
 *
 * @param pid of the configuration, or of the factory of several
 * @param several whether there may be several configurations of this kind
 * @param name what people call it
 * @param settings by key
 */
public record Schema(String pid, boolean several, String name, String description, Map<String, Setting> settings) {

    public Schema {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /**
     * Reads the schemas of one metatype document, {@code OSGI-INF/metatype/*.xml} of a bundle.
     *
     * @throws IOException if it is not such a document
     */
    public static List<Schema> read(InputStream metatype) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        // A plugin's document is not to open files or connections.
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(metatype);
            try {
                return new Reader().read(xml);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException e) {
            throw new IOException("Not a metatype document: " + e.getMessage(), e);
        }
    }

    /** Gathers the classes of a document, then gives them to the PIDs that are designated for them. */
    private static final class Reader {

        private final Map<String, Described> classes = new HashMap<>();
        private final List<Schema> schemas = new ArrayList<>();
        private Map<String, Setting> settings = new LinkedHashMap<>();
        private List<String> options = new ArrayList<>();
        private String designated = "";
        private boolean several;

        /** A class of settings, before it is known whose they are. */
        private record Described(String name, String description, Map<String, Setting> settings) {}

        private static final Described UNKNOWN = new Described("", "", Map.of());

        List<Schema> read(XMLStreamReader xml) throws XMLStreamException {
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    begin(xml);
                }
            }
            return schemas;
        }

        private void begin(XMLStreamReader xml) throws XMLStreamException {
            switch (xml.getLocalName()) {
                case "OCD" -> {
                    settings = new LinkedHashMap<>();
                    classes.put(
                            attribute(xml, "id"),
                            new Described(attribute(xml, "name"), attribute(xml, "description"), settings));
                }
                case "AD" -> {
                    Setting setting = setting(xml);
                    settings.put(setting.key(), setting);
                }
                case "Designate" -> {
                    String factory = attribute(xml, "factoryPid");
                    several = !factory.isEmpty();
                    designated = several ? factory : attribute(xml, "pid");
                }
                case "Object" -> {
                    Described of = classes.getOrDefault(attribute(xml, "ocdref"), UNKNOWN);
                    schemas.add(new Schema(designated, several, of.name(), of.description(), of.settings()));
                }
                default -> {}
            }
        }

        /** Reads on to the end of the attribute definition, for its options. */
        private Setting setting(XMLStreamReader xml) throws XMLStreamException {
            String key = attribute(xml, "id");
            String name = attribute(xml, "name");
            String description = attribute(xml, "description");
            String usual = attribute(xml, "default");
            String type = attribute(xml, "type");
            String min = attribute(xml, "min");
            String max = attribute(xml, "max");
            String cardinality = attribute(xml, "cardinality");
            boolean list = !cardinality.isEmpty() && !cardinality.equals("0");
            boolean required =
                    !attribute(xml, "required").equals("false") && xml.getAttributeValue(null, "default") == null;
            options = new ArrayList<>();
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals("Option")) {
                    options.add(attribute(xml, "value"));
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && xml.getLocalName().equals("AD")) {
                    break;
                }
            }
            return new Setting(key, name, description, usual, type, min, max, options, list, required);
        }

        private static String attribute(XMLStreamReader xml, String name) {
            return Objects.requireNonNullElse(xml.getAttributeValue(null, name), "");
        }
    }
}
