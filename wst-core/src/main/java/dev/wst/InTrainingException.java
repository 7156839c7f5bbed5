package dev.wst;

/** A teacher or critic was given to a run while another run trains it. */
public final class InTrainingException extends WstException {
    private static final long serialVersionUID = 1L;

    public InTrainingException(String message) {
        super(message);
    }
}
