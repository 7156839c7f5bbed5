package dev.wst.student;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.wst.Sampling;

/**
 * A sampling in LangChain4j's words, and back.
 *
 * @param modelName the only one that a request may name
 * @param defaults what counts where a request says nothing
 */
record RequestSampling(String modelName, Sampling defaults) {

    /** What a request that says nothing asks for. */
    ChatRequestParameters parameters() {
        return ChatRequestParameters.builder()
                .modelName(modelName)
                .temperature(defaults.temperature())
                .topP(defaults.topP())
                .topK(defaults.topK())
                .maxOutputTokens(defaults.maxTokens())
                .stopSequences(defaults.stopStrings())
                .build();
    }

    /**
     * What a request asks for.
     *
     * @throws UnsupportedFeatureException if it cannot be done here
     * @throws InvalidRequestException if a value is out of its range
     */
    Sampling of(ChatRequestParameters request) {
        ChatRequestParameters all = parameters().overrideWith(request);
        refuseUnsupported(all);
        try {
            return defaults.withTemperature(all.temperature())
                    .withTopP(all.topP())
                    .withTopK(all.topK())
                    .withMaxTokens(all.maxOutputTokens())
                    .withStopStrings(all.stopSequences());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException("the request cannot be sampled: " + e.getMessage(), e);
        }
    }

    private void refuseUnsupported(ChatRequestParameters all) {
        if (!all.modelName().equals(modelName)) {
            throw new UnsupportedFeatureException("this is the model " + modelName
                    + " and no other, got the 'modelName' parameter " + all.modelName());
        }
        refuse(!all.toolSpecifications().isEmpty(), "tools are");
        refuse(all.toolChoice() == ToolChoice.REQUIRED, "ToolChoice.REQUIRED is");
        refuse(
                all.responseFormat() != null && all.responseFormat().type() == ResponseFormatType.JSON,
                "JSON response format is");
        refuse(all.frequencyPenalty() != null, "the 'frequencyPenalty' parameter is");
        refuse(all.presencePenalty() != null, "the 'presencePenalty' parameter is");
    }

    private void refuse(boolean condition, String what) {
        if (condition) {
            throw new UnsupportedFeatureException(
                    what + " not supported by the model " + modelName + ", which writes plain text");
        }
    }
}
