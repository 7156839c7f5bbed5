package dev.wst.examples.serve;

/** A request that gets an error in OpenAI's form instead of an answer. */
final class RefusedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * @param status of HTTP
     * @param code as OpenAI's clients tell errors apart, such as "model_not_found"
     */
    RefusedRequestException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static RefusedRequestException invalid(String message) {
        return new RefusedRequestException(400, "invalid_request", message);
    }

    /** To a thread that was interrupted, and stays so. */
    static RefusedRequestException closing() {
        Thread.currentThread().interrupt();
        return new RefusedRequestException(503, "closing", "the endpoint is being closed");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
