package dev.skald.logql.stage;

import java.nio.charset.StandardCharsets;

/**
 * A label name, and the value it has in the entry that is being worked on. There is one slot a name
 * in a {@link LabelStore}; stages hold on to the slots of the names they use.
 */
final class LabelSlot {
  /** Where the value of a label comes from. */
  enum Category {
    ABSENT,
    STREAM,
    METADATA,
    PARSED
  }

  final int id;
  final String name;
  final byte[] nameBytes;

  /** Of the current entry; the bytes are not this slot's own. */
  Category category = Category.ABSENT;

  byte[] bytes;
  int offset;
  int length;

  /** Whether a stage has set the label in this entry, even if another removed it again (§8.3). */
  boolean extracted;

  /** Whether the slot differs from what the stream alone says. */
  boolean touched;

  /** The value that the stream has for the name, or null. */
  byte[] streamValue;

  /** The same as text. */
  private String streamText;

  /** Whether a metric query needs the label (§8.6). */
  boolean required;

  /** What parsers test as soon as they have set the label (§8.5), or null. */
  LabelTest earlyTest;

  private LabelSlot extractedTwin;

  LabelSlot(int id, byte[] nameBytes) {
    this.id = id;
    this.nameBytes = nameBytes;
    this.name = new String(nameBytes, StandardCharsets.UTF_8);
  }

  boolean present() {
    return category != Category.ABSENT;
  }

  /** Begins a stream that has a value for the name. */
  void enterStream(String value) {
    streamText = value;
    streamValue = Bytes.utf8(value);
    resetToStream();
  }

  /** Leaves the stream; the label is absent then. */
  void leaveStream() {
    streamText = null;
    streamValue = null;
    resetToStream();
  }

  String value() {
    return bytes == streamValue
        ? streamText
        : new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  void set(Category newCategory, byte[] newBytes, int newOffset, int newLength) {
    category = newCategory;
    bytes = newBytes;
    offset = newOffset;
    length = newLength;
  }

  /** Forgets what the entry's stages have done and shows what the stream says. */
  void resetToStream() {
    touched = false;
    extracted = false;
    if (streamValue == null) {
      category = Category.ABSENT;
    } else {
      set(Category.STREAM, streamValue, 0, streamValue.length);
    }
  }

  /** Returns the slot that a parser uses where this name is taken: {@code name_extracted}. */
  LabelSlot extractedTwin(LabelTable table) {
    if (extractedTwin == null) {
      extractedTwin = table.slot(name + "_extracted");
    }
    return extractedTwin;
  }

  void forgetTwin() {
    extractedTwin = null;
  }
}
