package dev.skald.server.push;

import dev.skald.distributor.PushRequest;
import dev.skald.distributor.PushRoom;
import java.util.Arrays;

/** Decodes {@code logproto.PushRequest} (http-api.md §4.3), pointing into the message itself. */
final class ProtobufPushDecoder {
  private static final byte[] NO_LABELS = {'{', '}'};

  private final byte[] body;
  private final PushRequest request;
  private final ProtobufReader entryReader;
  private final ProtobufReader partReader;

  private ProtobufPushDecoder(byte[] body, PushRoom room) {
    this.body = body;
    this.request = new PushRequest(body, body.length, room);
    this.entryReader = new ProtobufReader(body, 0, 0);
    this.partReader = new ProtobufReader(body, 0, 0);
  }

  /** Decodes a body with as much memory as it takes. */
  static PushRequest decode(byte[] body) throws DecodeException {
    return decode(body, PushRoom.UNBOUNDED);
  }

  static PushRequest decode(byte[] body, PushRoom room) throws DecodeException {
    ProtobufPushDecoder decoder = new ProtobufPushDecoder(body, room);
    ProtobufReader reader = new ProtobufReader(body, 0, body.length);
    while (reader.next()) {
      if (reader.field() == 1) {
        reader.readBytes();
        decoder.stream(reader.start(), reader.start() + reader.length());
      } else {
        reader.skip();
      }
    }
    return decoder.request;
  }

  private void stream(int from, int to) throws DecodeException {
    request.stream(NO_LABELS);
    ProtobufReader reader = new ProtobufReader(body, from, to);
    while (reader.next()) {
      switch (reader.field()) {
        case 1 -> {
          reader.readBytes();
          request.labels(
              Arrays.copyOfRange(body, reader.start(), reader.start() + reader.length()));
        }
        case 2 -> {
          reader.readBytes();
          entry(reader.start(), reader.start() + reader.length());
        }
        default -> reader.skip();
      }
    }
  }

  private void entry(int from, int to) throws DecodeException {
    long timestamp = 0;
    int lineStart = from;
    int lineLength = 0;
    request.entry(0, from, 0);
    entryReader.range(from, to);
    while (entryReader.next()) {
      switch (entryReader.field()) {
        case 1 -> {
          entryReader.readBytes();
          timestamp = timestamp(entryReader.start(), entryReader.start() + entryReader.length());
        }
        case 2 -> {
          entryReader.readBytes();
          lineStart = entryReader.start();
          lineLength = entryReader.length();
        }
        case 3 -> {
          entryReader.readBytes();
          pair(entryReader.start(), entryReader.start() + entryReader.length());
        }
        default -> entryReader.skip();
      }
    }
    request.amendEntry(timestamp, lineStart, lineLength);
  }

  private long timestamp(int from, int to) throws DecodeException {
    long seconds = 0;
    long nanos = 0;
    partReader.range(from, to);
    while (partReader.next()) {
      switch (partReader.field()) {
        case 1 -> seconds = partReader.readVarint();
        case 2 -> nanos = (int) partReader.readVarint();
        default -> partReader.skip();
      }
    }
    try {
      return Math.addExact(Math.multiplyExact(seconds, 1_000_000_000L), nanos);
    } catch (ArithmeticException e) {
      throw new DecodeException(
          "timestamp of " + seconds + " seconds does not fit 64 bits of nanoseconds");
    }
  }

  private void pair(int from, int to) throws DecodeException {
    int nameStart = from;
    int nameLength = 0;
    int valueStart = from;
    int valueLength = 0;
    partReader.range(from, to);
    while (partReader.next()) {
      switch (partReader.field()) {
        case 1 -> {
          partReader.readBytes();
          nameStart = partReader.start();
          nameLength = partReader.length();
        }
        case 2 -> {
          partReader.readBytes();
          valueStart = partReader.start();
          valueLength = partReader.length();
        }
        default -> partReader.skip();
      }
    }
    request.metadata(nameStart, nameLength, valueStart, valueLength);
  }
}
