package dev.skald.logql.stage;

import dev.skald.logql.batch.Slice;

/** What went wrong with an entry, shown as {@code __error__} and {@code __error_details__}. */
final class EntryError {
  static final String NAME = "__error__";
  static final String DETAILS_NAME = "__error_details__";
  static final String PRESERVE = "__preserve_error__";
  static final byte[] TRUE = Bytes.utf8("true");

  static final byte[] JSON_PARSER = Bytes.utf8("JSONParserErr");
  static final byte[] LOGFMT_PARSER = Bytes.utf8("LogfmtParserErr");
  static final byte[] LABEL_FILTER = Bytes.utf8("LabelFilterErr");
  static final byte[] SAMPLE_EXTRACTION = Bytes.utf8("SampleExtractionErr");
  static final byte[] TEMPLATE_FORMAT = Bytes.utf8("TemplateFormatErr");

  final Slice kind = new Slice();
  final Slice details = new Slice();

  boolean present() {
    return kind.length > 0;
  }

  void set(byte[] newKind, byte[] newDetails) {
    kind.set(newKind, 0, newKind.length);
    details.set(newDetails, 0, newDetails.length);
  }

  /** Records a failed conversion; an earlier error stands (§12.3). */
  void setIfNone(byte[] newKind, String newDetails) {
    if (!present()) {
      set(newKind, Bytes.utf8(newDetails));
    }
  }

  void clear() {
    kind.length = 0;
    details.length = 0;
  }
}
