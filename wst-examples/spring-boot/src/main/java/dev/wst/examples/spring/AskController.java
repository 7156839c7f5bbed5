package dev.wst.examples.spring;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The app's one address. */
@RestController
final class AskController {
    private final AskApplication.Assistant assistant;

    AskController(AskApplication.Assistant assistant) {
        this.assistant = assistant;
    }

    @PostMapping(path = "/ask", consumes = MediaType.TEXT_PLAIN_VALUE, produces = MediaType.TEXT_PLAIN_VALUE)
    String ask(@RequestBody String question) {
        return assistant.answer(question);
    }
}
