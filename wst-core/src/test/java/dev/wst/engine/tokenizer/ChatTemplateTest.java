package dev.wst.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Templates in the manner of the families that are computed here; the texts are those that Python's jinja2 gives. */
class ChatTemplateTest {
    private static final Message SYSTEM = new Message("system", "Be brief. ");
    private static final Message USER = new Message("user", " What is 6 x 7? {{ no }}");
    private static final Message ASSISTANT = new Message("assistant", "42");

    private static final String QWEN2 = """
            {%- if tools %}
                {{- '<|im_start|>system\\n' }}
                {%- for tool in tools %}
                    {{- tool | tojson }}
                {%- endfor %}
            {%- else %}
                {%- if messages[0]['role'] == 'system' %}
                    {{- '<|im_start|>system\\n' + messages[0]['content'] + '<|im_end|>\\n' }}
                {%- else %}
                    {{- '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}
                {%- endif %}
            {%- endif %}
            {%- for message in messages %}
                {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
                    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
                {%- elif message.role == "assistant" %}
                    {{- '<|im_start|>' + message.role }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|im_start|>assistant\\n' }}
            {%- endif %}
            """;

    private static final String LLAMA3 = """
            {{- bos_token }}
            {%- if custom_tools is defined %}
                {%- set tools = custom_tools %}
            {%- endif %}
            {%- if not date_string is defined %}
                {%- if strftime_now is defined %}
                    {%- set date_string = strftime_now("%d %b %Y") %}
                {%- else %}
                    {%- set date_string = "26 Jul 2024" %}
                {%- endif %}
            {%- endif %}
            {%- if not tools is defined %}
                {%- set tools = none %}
            {%- endif %}

            {#- The system message comes first. #}
            {%- if messages[0]['role'] == 'system' %}
                {%- set system_message = messages[0]['content']|trim %}
                {%- set messages = messages[1:] %}
            {%- else %}
                {%- set system_message = "" %}
            {%- endif %}

            {{- "<|start_header_id|>system<|end_header_id|>\\n\\n" }}
            {%- if tools is not none %}
                {{- "Environment: ipython\\n" }}
            {%- endif %}
            {{- "Today Date: " + date_string + "\\n\\n" }}
            {{- system_message }}
            {{- "<|eot_id|>" }}

            {%- for message in messages %}
                {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
                    {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n'+ message['content'] | trim + '<|eot_id|>' }}
                {%- endif %}
            {%- endfor %}
            {%- if add_generation_prompt %}
                {{- '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}
            {%- endif %}
            """;

    private static final String LLAMA2 =
            "{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}"
                    + "{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}"
                    + "{% set system_message = false %}{% endif %}{% for message in loop_messages %}"
                    + "{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}"
                    + "{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}"
                    + "{% endif %}{% if loop.index0 == 0 and system_message != false %}"
                    + "{% set content = '<<SYS>>\\n' + system_message + '\\n<</SYS>>\\n\\n' + message['content'] %}"
                    + "{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}"
                    + "{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}"
                    + "{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}"
                    + "{% endif %}{% endfor %}";

    private static String render(String template, Message... messages) {
        return new ChatTemplate(template, Map.of("bos_token", "<s>", "eos_token", "</s>")).render(List.of(messages));
    }

    @Test
    void qwen2_writes_a_system_line_of_its_own_where_there_is_none() {
        assertThat(render(QWEN2, USER)).isEqualTo("""
                        <|im_start|>system
                        You are a helpful assistant.<|im_end|>
                        <|im_start|>user
                         What is 6 x 7? {{ no }}<|im_end|>
                        <|im_start|>assistant
                        """);
        assertThat(render(QWEN2, new Message("system", "Be brief."), USER, ASSISTANT, USER))
                .isEqualTo("""
                        <|im_start|>system
                        Be brief.<|im_end|>
                        <|im_start|>user
                         What is 6 x 7? {{ no }}<|im_end|>
                        <|im_start|>assistant
                        42<|im_end|>
                        <|im_start|>user
                         What is 6 x 7? {{ no }}<|im_end|>
                        <|im_start|>assistant
                        """);
    }

    @Test
    void llama_3_writes_its_date_and_trims() {
        String head = "<s><|start_header_id|>system<|end_header_id|>\n\nToday Date: 26 Jul 2024\n\n";
        String user = "<|start_header_id|>user<|end_header_id|>\n\nWhat is 6 x 7? {{ no }}<|eot_id|>";
        String assistant = "<|start_header_id|>assistant<|end_header_id|>\n\n";
        assertThat(render(LLAMA3, USER)).isEqualTo(head + "<|eot_id|>" + user + assistant);
        assertThat(render(LLAMA3, SYSTEM, USER, ASSISTANT, USER))
                .isEqualTo(head + "Be brief.<|eot_id|>" + user + assistant + "42<|eot_id|>" + user + assistant);
    }

    @Test
    void llama_2_puts_the_system_line_into_the_first_message_and_refuses_a_wrong_order() {
        assertThat(render(LLAMA2, SYSTEM, USER, ASSISTANT, USER))
                .isEqualTo("<s>[INST] <<SYS>>\nBe brief. \n<</SYS>>\n\n What is 6 x 7? {{ no }} [/INST] 42 </s>"
                        + "<s>[INST] What is 6 x 7? {{ no }} [/INST]");
        assertThatThrownBy(() -> render(LLAMA2, USER, USER))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("roles must alternate");
    }

    @Test
    void white_space_before_a_block_goes_at_the_start_of_a_line_only() {
        assertThat(render("""
                        {% for m in messages %}
                          {% if true %}
                          {{ m.content }} {% if true %}!{% endif %}
                            {# a remark #}
                        {% endif %}
                        {% endfor %}
                        """, ASSISTANT)).isEqualTo("  42 !");
    }
}
