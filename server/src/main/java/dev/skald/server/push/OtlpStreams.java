package dev.skald.server.push;

import dev.skald.distributor.PushRequest;

/**
 * Begins the streams of the records of one resource: one for each scope, and one more wherever the
 * severity changes, if that is a label. Not safe for use by several threads.
 */
final class OtlpStreams {
  private final PushRequest request;
  private final OtlpText text;
  private final LabelText labels;
  private byte[] labelText;
  private String severity = "";
  private int group;
  private boolean begun;

  OtlpStreams(PushRequest request, OtlpText text, LabelText labels) {
    this.request = request;
    this.text = text;
    this.labels = labels;
    this.labelText = labels.toBytes();
  }

  /** The records that come next are those of a scope. */
  void begin(int scopeGroup) {
    group = scopeGroup;
    begun = false;
  }

  /**
   * A record comes next.
   *
   * @param newSeverity its severity if that is a label, else the empty string
   */
  void next(String newSeverity) throws DecodeException {
    if (!newSeverity.equals(severity)) {
      severity = newSeverity;
      labels.set(OtlpText.Name.SEVERITY_TEXT.text(), severity);
      labelText = labels.toBytes();
      text.spend(labelText.length);
      begun = false;
    }
    if (!begun) {
      request.stream(labelText, group);
      begun = true;
    }
  }
}
