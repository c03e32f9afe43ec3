package org.hearthwatch.itests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A setting as its bundle declares it in OSGi metatype.
 *
 * @param defaultValue as written in the annotation; several values are joined by commas
 */
record Setting(String key, String name, String description, String type, String defaultValue) {

    /**
     * The settings of one PID.
     *
     * @param factory whether there may be several of it, one file {@code <pid>-<instance>.cfg} each
     */
    record Group(String pid, boolean factory, String title, String description, List<Setting> settings) {}

    /** All groups the shipped bundles declare, ordered by PID. */
    static List<Group> declared() throws IOException {
        var groups = new ArrayList<Group>();
        for (Path file : Bundles.generated("OSGI-INF/metatype")) {
            groups.addAll(read(file));
        }
        groups.sort(java.util.Comparator.comparing(Group::pid));
        return groups;
    }

    private static List<Group> read(Path file) throws IOException {
        Element root = parse(file);
        Map<String, Element> classes = new HashMap<>();
        for (Element ocd : children(root, "OCD")) {
            classes.put(ocd.getAttribute("id"), ocd);
        }
        var groups = new ArrayList<Group>();
        for (Element designate : children(root, "Designate")) {
            boolean factory = designate.hasAttribute("factoryPid");
            Element ocd = classes.get(children(designate, "Object").get(0).getAttribute("ocdref"));
            groups.add(new Group(
                    designate.getAttribute(factory ? "factoryPid" : "pid"),
                    factory,
                    ocd.getAttribute("name"),
                    ocd.getAttribute("description"),
                    children(ocd, "AD").stream().map(Setting::of).toList()));
        }
        return groups;
    }

    private static Setting of(Element attribute) {
        return new Setting(
                attribute.getAttribute("id"),
                attribute.getAttribute("name"),
                attribute.getAttribute("description"),
                attribute.getAttribute("type"),
                attribute.getAttribute("default").replaceAll("\\\\([, ])", "$1"));
    }

    private static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        var nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static Element parse(Path file) throws IOException {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is not metatype XML", e);
        }
    }
}
