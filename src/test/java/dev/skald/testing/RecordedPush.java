package dev.skald.testing;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.xerial.snappy.Snappy;

/** Reads recorded protobuf pushes with other people's code, to know what was sent. */
public final class RecordedPush {
  private RecordedPush() {}

  /** An entry as it stands in a request. */
  public record Entry(String labels, long time, String line) {}

  public static List<Entry> decode(byte[] body) throws IOException {
    List<Entry> entries = new ArrayList<>();
    CodedInputStream in = CodedInputStream.newInstance(Snappy.uncompress(body));
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == 1) {
        stream(in.readByteArray(), entries);
      } else {
        in.skipField(tag);
      }
    }
    return entries;
  }

  private static void stream(byte[] bytes, List<Entry> entries) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    String labels = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> labels = in.readString();
        case 2 -> entries.add(entry(labels, in.readByteArray()));
        default -> in.skipField(tag);
      }
    }
  }

  private static Entry entry(String labels, byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    long time = 0;
    String line = "";
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> time = time(in.readByteArray());
        case 2 -> line = in.readString();
        default -> in.skipField(tag);
      }
    }
    return new Entry(labels, time, line);
  }

  private static long time(byte[] bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    long nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      long value = in.readInt64();
      nanos += WireFormat.getTagFieldNumber(tag) == 1 ? value * 1_000_000_000L : value;
    }
    return nanos;
  }
}
