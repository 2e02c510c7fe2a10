package dev.skald.logql.template;

import dev.skald.logql.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** An entry with the labels that the tables of logql.md §13 speak of. */
final class FakeEntry implements TemplateData {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00.5Z");
  static final long TIMESTAMP = 1_795_433_781_123_456_789L;

  private final Map<String, byte[]> labels = new HashMap<>();
  private byte[] line = "the line".getBytes(StandardCharsets.UTF_8);

  static FakeEntry sample() {
    return new FakeEntry()
        .with("a", "5")
        .with("b", "hello")
        .with("d", "2.9")
        .with("e", "abc")
        .with("f", "-7")
        .with("u", "héllo");
  }

  FakeEntry with(String name, String value) {
    labels.put(name, value.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  FakeEntry withLine(byte[] newLine) {
    line = newLine;
    return this;
  }

  /** Returns what a template makes of the entry. */
  String format(String template) {
    TemplateOutput out = new TemplateOutput();
    Template.compile("line", template).execute(this, out);
    return out.toString();
  }

  @Override
  public boolean find(String name, Slice into) {
    byte[] value = labels.get(name);
    if (value != null) {
      into.set(value, 0, value.length);
    }
    return value != null;
  }

  @Override
  public Collection<String> names() {
    return labels.keySet();
  }

  @Override
  public void line(Slice into) {
    into.set(line, 0, line.length);
  }

  @Override
  public long timestamp() {
    return TIMESTAMP;
  }

  @Override
  public Instant now() {
    return NOW;
  }
}
