package dev.skald.bench;

import java.io.ByteArrayOutputStream;

/** Snappy blocks: reads any, writes them without compression. */
final class Snappy {
  private static final int MOST_LITERAL = 1 << 16;

  private Snappy() {}

  /** Returns the bytes as literals behind their length. */
  static byte[] store(byte[] raw) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + raw.length / 1000 + 16);
    int length = raw.length;
    for (; length >= 0x80; length >>>= 7) {
      out.write(length & 0x7F | 0x80);
    }
    out.write(length);
    for (int at = 0; at < raw.length; at += MOST_LITERAL) {
      int size = Math.min(MOST_LITERAL, raw.length - at);
      out.write(61 << 2);
      out.write(size - 1);
      out.write(size - 1 >> 8);
      out.write(raw, at, size);
    }
    return out.toByteArray();
  }

  static byte[] decompress(byte[] block) {
    int in = 0;
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      length |= (block[in] & 0x7F) << shift;
      if (block[in++] >= 0) {
        break;
      }
    }
    byte[] out = new byte[length];
    int at = 0;
    while (in < block.length) {
      int tag = block[in++] & 0xFF;
      int upper = tag >>> 2;
      if ((tag & 3) == 0) {
        int extra = Math.max(0, upper - 59);
        int size = 1 + (extra == 0 ? upper : number(block, in, extra));
        in += extra;
        System.arraycopy(block, in, out, at, size);
        in += size;
        at += size;
        continue;
      }
      boolean near = (tag & 3) == 1;
      int size = near ? (upper & 7) + 4 : upper + 1;
      int bytes = near ? 1 : 2 * (tag & 3) - 2;
      int offset = number(block, in, bytes) | (near ? upper >>> 3 << 8 : 0);
      in += bytes;
      for (int end = at + size; at < end; at++) {
        out[at] = out[at - offset];
      }
    }
    return out;
  }

  private static int number(byte[] block, int from, int bytes) {
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (block[from + i] & 0xFF) << 8 * i;
    }
    return value;
  }
}
