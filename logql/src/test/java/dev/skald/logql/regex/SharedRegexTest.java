package dev.skald.logql.regex;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class SharedRegexTest {
  @Test
  void threadsThatShareAnExpressionGetTheAnswersOfOneAlone() throws Exception {
    List<byte[]> texts = texts();
    String pattern = "(?:a|b)*a(?:a|b){9}(c)\\b";
    List<String> expected = answers(Regex.compile(pattern), texts);
    Regex shared = Regex.compile(pattern);
    Callable<List<String>> task = () -> answers(shared, texts);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<List<String>> answers : threads.invokeAll(List.of(task, task, task, task))) {
        assertThat(answers.get()).isEqualTo(expected);
      }
    }
  }

  private static List<String> answers(Regex regex, List<byte[]> texts) {
    List<String> answers = new ArrayList<>();
    for (byte[] text : texts) {
      answers.add(RegexTest.find(regex, text, 0, text.length, 0));
    }
    return answers;
  }

  private static List<byte[]> texts() {
    Random random = new Random(7);
    List<byte[]> texts = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 0; length < 60; length++) {
        text.append("aabbabbaa c".charAt(random.nextInt(11)));
      }
      texts.add(text.toString().getBytes(US_ASCII));
    }
    return texts;
  }
}
