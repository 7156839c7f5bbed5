package dev.wst.rewards.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * Makes the objects and arrays of one JSON text, which may be looked at only so often altogether. Whatever validates them
 * passes here, so counting bounds its work without a second thread, and the same on every machine.
 */
final class MeteredNodes extends JsonNodeFactory {
    private static final long serialVersionUID = 1L;

    private boolean counting;
    private long left;

    /** The nodes were looked at as often as they may be. */
    static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private SpentException() {
            super("the nodes were looked at too often", null, false, false);
        }
    }

    MeteredNodes(long most) {
        left = most;
    }

    /** From here on: reading the text does not count. */
    void startCounting() {
        counting = true;
    }

    private void look() {
        if (counting && left-- <= 0) {
            throw new SpentException();
        }
    }

    @Override
    public ObjectNode objectNode() {
        return new MeteredObject(this);
    }

    @Override
    public ArrayNode arrayNode() {
        return new MeteredArray(this);
    }

    @Override
    public ArrayNode arrayNode(int capacity) {
        return new MeteredArray(this);
    }

    @SuppressWarnings("unchecked") // Jackson's own deepCopy
    private static final class MeteredObject extends ObjectNode {
        private static final long serialVersionUID = 1L;

        private final transient MeteredNodes nodes;

        private MeteredObject(MeteredNodes nodes) {
            super(nodes);
            this.nodes = nodes;
        }

        @Override
        public JsonNodeType getNodeType() {
            nodes.look();
            return super.getNodeType();
        }

        @Override
        public int size() {
            nodes.look();
            return super.size();
        }

        @Override
        public JsonNode get(String name) {
            nodes.look();
            return super.get(name);
        }

        @Override
        public Iterator<String> fieldNames() {
            nodes.look();
            return super.fieldNames();
        }

        @Override
        public Set<Map.Entry<String, JsonNode>> properties() {
            nodes.look();
            return super.properties();
        }

        @Override
        public Iterator<JsonNode> elements() {
            nodes.look();
            return super.elements();
        }
    }

    @SuppressWarnings("unchecked") // Jackson's own deepCopy
    private static final class MeteredArray extends ArrayNode {
        private static final long serialVersionUID = 1L;

        private final transient MeteredNodes nodes;

        private MeteredArray(MeteredNodes nodes) {
            super(nodes);
            this.nodes = nodes;
        }

        @Override
        public JsonNodeType getNodeType() {
            nodes.look();
            return super.getNodeType();
        }

        @Override
        public int size() {
            nodes.look();
            return super.size();
        }

        @Override
        public JsonNode get(int index) {
            nodes.look();
            return super.get(index);
        }

        @Override
        public Iterator<JsonNode> elements() {
            nodes.look();
            return super.elements();
        }
    }
}
