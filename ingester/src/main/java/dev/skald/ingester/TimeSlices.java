package dev.skald.ingester;

import dev.skald.logql.batch.Block;
import dev.skald.logql.batch.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the rows of many streams into blocks of about the same size by time. */
final class TimeSlices {
  /** About how many rows a block has. */
  static final int BLOCK_ROWS = 1 << 14;

  /** The time of one row of so many is looked at to find the cuts. */
  private static final int SAMPLE_STEP = 1 << 9;

  private TimeSlices() {}

  static List<Block> blocks(List<StreamRows> streams, Selection selection) {
    long start = selection.start();
    long last = selection.end() - 1;
    long[] samples = samples(streams, start, last);
    int perBlock = BLOCK_ROWS / SAMPLE_STEP;
    List<Block> blocks = new ArrayList<>();
    for (int i = perBlock; i < samples.length; i += perBlock) {
      if (samples[i] > start) {
        add(blocks, new HeadBlock(streams, start, samples[i] - 1));
        start = samples[i];
      }
    }
    add(blocks, new HeadBlock(streams, start, last));
    return blocks;
  }

  private static void add(List<Block> blocks, HeadBlock block) {
    if (block.minTime() <= block.maxTime()) {
      blocks.add(block);
    }
  }

  private static long[] samples(List<StreamRows> streams, long start, long last) {
    long rows = 0;
    for (StreamRows stream : streams) {
      rows += stream.extent().rows();
    }
    if (rows <= BLOCK_ROWS) {
      return new long[0];
    }
    long[] samples = new long[(int) (rows / SAMPLE_STEP) + streams.size()];
    int count = 0;
    long seen = 0;
    for (StreamRows stream : streams) {
      long[] timestamps = stream.stream().timestamps();
      for (; seen < stream.extent().rows(); seen += SAMPLE_STEP) {
        long time = timestamps[(int) seen];
        if (time >= start && time <= last) {
          samples[count++] = time;
        }
      }
      seen -= stream.extent().rows();
    }
    samples = Arrays.copyOf(samples, count);
    Arrays.sort(samples);
    return samples;
  }
}
