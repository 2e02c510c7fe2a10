package dev.skald.distributor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skald.distributor.Rejection.Status;
import org.junit.jupiter.api.Test;

final class RejectionsTest {
  private static final Rejection BLOCK =
      new Rejection("blocked_ingestion", Status.BLOCKED, 260, "ingestion blocked");

  private final Rejections rejections = new Rejections();

  private void add(String message, int times) {
    for (int i = 0; i < times; i++) {
      rejections.add(Rejection.badRequest("r", message));
    }
  }

  @Test
  void saysNothingOfNothing() {
    assertThat(rejections.summary()).isNull();
  }

  @Test
  void leavesASingleMessageAsItIs() {
    add("one", 1);
    assertThat(rejections.summary()).isEqualTo(Rejection.badRequest("r", "one"));
  }

  @Test
  void countsAMessageThatCameOften() {
    add("one", 3);
    assertThat(rejections.summary().message()).isEqualTo("3 errors like: one");
  }

  @Test
  void listsDistinctMessagesInTheirOrder() {
    add("b", 1);
    add("a", 2);
    add("b", 1);
    assertThat(rejections.summary().message()).isEqualTo("2 errors like: b; 2 errors like: a");
  }

  @Test
  void prefersWhatIsWrongToABlock() {
    rejections.add(BLOCK);
    assertThat(rejections.summary()).isEqualTo(BLOCK);
    add("one", 1);
    assertThat(rejections.summary().message()).isEqualTo("one");
  }

  @Test
  void keepsSilentOfABlockWithStatus200() {
    rejections.add(new Rejection("blocked_ingestion", Status.BLOCKED, 200, "ingestion blocked"));
    assertThat(rejections.summary()).isNull();
  }

  @Test
  void onlyCountsWhatWouldMakeTheReplyHuge() {
    String large = "x".repeat(1 << 18);
    for (int i = 0; i < 100; i++) {
      add(i + large, 1);
    }
    add("0" + large, 1);
    String text = rejections.summary().message();
    assertThat(text).startsWith("2 errors like: 0xx").endsWith("; 96 more errors");
    assertThat(text.length()).isLessThan(2 << 20);
  }
}
