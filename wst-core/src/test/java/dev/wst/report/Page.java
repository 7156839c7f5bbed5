package dev.wst.report;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A report's page as a parser sees it: it is well-formed XML too. */
record Page(Document document) {
    static Page of(String html) {
        try {
            return new Page(DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html))));
        } catch (Exception e) {
            throw new AssertionError("the page is not well-formed", e);
        }
    }

    private List<Element> elements(String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** What stands in each element of this name. */
    List<String> texts(String element) {
        return elements(element).stream().map(Element::getTextContent).toList();
    }

    String attribute(String element, String name) {
        return elements(element).get(0).getAttribute(name);
    }

    String text() {
        return texts("body").get(0);
    }

    /** The names of all elements. */
    TreeSet<String> names() {
        TreeSet<String> names = new TreeSet<>();
        elements("*").forEach(element -> names.add(element.getTagName()));
        return names;
    }

    /** The names of all attributes. */
    TreeSet<String> attributes() {
        TreeSet<String> names = new TreeSet<>();
        for (Element element : elements("*")) {
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                names.add(element.getAttributes().item(i).getNodeName());
            }
        }
        return names;
    }
}
