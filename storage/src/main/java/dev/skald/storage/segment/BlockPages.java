package dev.skald.storage.segment;

import dev.skald.storage.bytes.ByteWriter;
import dev.skald.storage.bytes.Crc32c;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers the pages of a block as they are written. A page that has the bytes of an earlier one is
 * not written again, as two columns often say the same (a level and the level that was detected).
 */
final class BlockPages {
  private record Known(byte[] raw, int page) {}

  private final SegmentOutput output;
  private final PageCompressor compressor;
  private final List<BlockInfo.PageRef> refs = new ArrayList<>();
  private final Map<Long, Known> known = new HashMap<>();

  BlockPages(SegmentOutput output, PageCompressor compressor) {
    this.output = output;
    this.compressor = compressor;
  }

  /** Returns the number of a page of these bytes. */
  int add(ByteWriter raw) throws IOException {
    refs.add(output.add(compressor.frame(raw)));
    return refs.size() - 1;
  }

  /** Like {@link #add}, for a page that may be there already. */
  int share(ByteWriter raw) throws IOException {
    long key = (long) raw.size() << 32 | Crc32c.of(raw.array(), 0, raw.size()) & 0xFFFFFFFFL;
    Known same = known.get(key);
    if (same != null && Arrays.equals(same.raw, 0, raw.size(), raw.array(), 0, raw.size())) {
      return same.page;
    }
    int page = add(raw);
    known.put(key, new Known(raw.toByteArray(), page));
    return page;
  }

  List<BlockInfo.PageRef> refs() {
    return refs;
  }
}
