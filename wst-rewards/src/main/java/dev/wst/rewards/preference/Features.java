package dev.wst.rewards.preference;

/**
 * What the network reads of a reply. Embeddings are of unit length; each part is scaled so that one number of it is about
 * 1, the parts that mix context and reply to about half of that, which measured better on HH-RLHF.
 */
public enum Features {
    /** The embedding of the reply, D numbers. */
    REPLY {
        @Override
        int width(int embedding) {
            return embedding;
        }

        @Override
        float[] of(float[] context, float[] reply) {
            float[] features = new float[reply.length];
            putReply(features, reply);
            return features;
        }
    },
    /** The reply, and its product with the context number by number, 2 D. */
    REPLY_AND_PRODUCT {
        @Override
        int width(int embedding) {
            return 2 * embedding;
        }

        @Override
        float[] of(float[] context, float[] reply) {
            float[] features = new float[2 * reply.length];
            putReply(features, reply);
            putProduct(features, context, reply);
            return features;
        }
    },
    /** The reply, the product, and the distance of reply and context number by number, 3 D. */
    REPLY_PRODUCT_AND_DISTANCE {
        @Override
        int width(int embedding) {
            return 3 * embedding;
        }

        @Override
        float[] of(float[] context, float[] reply) {
            int d = reply.length;
            float[] features = new float[3 * d];
            putReply(features, reply);
            putProduct(features, context, reply);
            for (int i = 0; i < d; i++) {
                features[2 * d + i] = (float) (MIXED * Math.sqrt(d)) * Math.abs(context[i] - reply[i]);
            }
            return features;
        }
    };

    private static final double MIXED = 0.4;

    /** F for an embedding of width D. */
    abstract int width(int embedding);

    /** [F] of a context and a reply, [D] each. */
    abstract float[] of(float[] context, float[] reply);

    private static void putReply(float[] features, float[] reply) {
        for (int i = 0; i < reply.length; i++) {
            features[i] = (float) Math.sqrt(reply.length) * reply[i];
        }
    }

    private static void putProduct(float[] features, float[] context, float[] reply) {
        int d = reply.length;
        for (int i = 0; i < d; i++) {
            features[d + i] = (float) (MIXED * d) * context[i] * reply[i];
        }
    }
}
