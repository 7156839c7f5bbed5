package dev.wst.spring;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.wst.serving.TaughtChatModel;
import dev.wst.serving.TaughtStreamingChatModel;
import dev.wst.serving.Teaching;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Puts the taught model in the place of each that is to be taught. A second bean beside it would not do: LangChain4j's starter takes the
 * chat model of an app by its type, and refuses to choose between two.
 */
final class TaughtModels implements BeanPostProcessor, SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(TaughtModels.class);
    /** Spring's own name for what stands behind a bean of a scope; that bean is taught, so this must not be. */
    private static final String BEHIND_A_SCOPE = "scopedTarget.";

    private final ListableBeanFactory beans;
    private final Supplier<Optional<List<String>>> named;
    private final Supplier<Teaching> teaching;

    /**
     * @param beans of the app
     * @param named those to teach; all if empty
     * @param teaching how; asked when the first model comes
     */
    TaughtModels(ListableBeanFactory beans, Supplier<Optional<List<String>>> named, Supplier<Teaching> teaching) {
        this.beans = beans;
        this.named = named;
        this.teaching = teaching;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        boolean answers = bean instanceof ChatModel && !(bean instanceof TaughtChatModel);
        boolean streams = bean instanceof StreamingChatModel && !(bean instanceof TaughtStreamingChatModel);
        if (!(answers || streams) || name.startsWith(BEHIND_A_SCOPE) || !isChosen(name)) {
            return bean;
        }
        LOG.info("the chat model {} is taught", name);
        if (answers && streams) {
            return TaughtInBothWays.of(bean, teaching.get());
        }
        return answers
                ? TaughtChatModel.of((ChatModel) bean, teaching.get())
                : TaughtStreamingChatModel.of((StreamingChatModel) bean, teaching.get());
    }

    private boolean isChosen(String name) {
        return named.get().map(names -> names.contains(name)).orElse(true);
    }

    /** Refuses names of none, once all beans are there. */
    @Override
    public void afterSingletonsInstantiated() {
        Set<String> models = new TreeSet<>(List.of(beans.getBeanNamesForType(ChatModel.class)));
        models.addAll(List.of(beans.getBeanNamesForType(StreamingChatModel.class)));
        models.removeIf(name -> name.startsWith(BEHIND_A_SCOPE));
        Optional<List<String>> chosen = named.get();
        if (chosen.isEmpty() && models.isEmpty()) {
            LOG.warn("there is a teacher and no bean that is a ChatModel or StreamingChatModel: nothing is taught,"
                    + " unless the app uses the Teaching bean itself");
        }
        for (String name : chosen.orElse(List.of())) {
            if (!models.contains(name)) {
                throw ServingProperties.refusal(
                        "models",
                        String.join(",", chosen.orElseThrow()),
                        "the name of a ChatModel or StreamingChatModel bean is expected, '" + name
                                + "' is none; there are " + models);
            }
        }
    }
}
