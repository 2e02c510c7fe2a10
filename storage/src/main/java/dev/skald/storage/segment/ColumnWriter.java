package dev.skald.storage.segment;

import dev.skald.logql.batch.Slice;
import dev.skald.storage.bytes.ByteWriter;
import java.io.IOException;
import java.util.List;

/**
 * Writes the metadata columns of a block, each in the encoding that suits its values. Not safe for
 * use by several threads.
 */
final class ColumnWriter {
  private final ColumnValues values = new ColumnValues();
  private final MetadataTally tally = new MetadataTally();
  private final ByteWriter page = new ByteWriter(1 << 16);
  private final ByteWriter bytes = new ByteWriter(1 << 16);
  private final Slice slice = new Slice();

  /**
   * Writes the column of a name.
   *
   * @param number of the name in the segment
   * @return where it lies, or null if no row has a value
   */
  BlockInfo.ColumnInfo write(
      String name, int number, BlockRows rows, StreamTallies tallies, BlockPages pages)
      throws IOException {
    values.gather(name, rows.runs(), rows.rows());
    if (values.present() == 0) {
      return null;
    }
    tally.count(name, values, rows, tallies);
    page.clear();
    if (!values.repeats()) {
      return writeText(name, number, rows.runs(), pages);
    }
    if (values.everywhere() && values.distinct().size() == 1) {
      page.bytes(values.distinct().value(0));
      return new BlockInfo.ColumnInfo(number, ColumnEncoding.CONSTANT, pages.share(page), -1);
    }
    DictionaryPage.encode(values, page);
    return new BlockInfo.ColumnInfo(number, ColumnEncoding.DICTIONARY, pages.share(page), -1);
  }

  private BlockInfo.ColumnInfo writeText(
      String name, int number, List<StreamRun> runs, BlockPages pages) throws IOException {
    int[] lengths = new int[values.present()];
    int count = 0;
    bytes.clear();
    for (StreamRun run : runs) {
      var column = ColumnValues.column(run.batch(), name);
      for (int row = run.from(); row < run.to(); row++) {
        if (column.read(row, slice)) {
          lengths[count++] = slice.length;
          bytes.bytes(slice.bytes, slice.offset, slice.length);
        }
      }
    }
    ColumnEncoding encoding;
    if (HexPage.fits(lengths, count, bytes)) {
      encoding = ColumnEncoding.HEX;
      HexPage.encode(lengths[0], bytes, page);
    } else {
      encoding = ColumnEncoding.PLAIN;
      PlainPage.encode(lengths, count, bytes, page);
    }
    int valuesPage = pages.share(page);
    return new BlockInfo.ColumnInfo(number, encoding, valuesPage, writePresence(pages));
  }

  private int writePresence(BlockPages pages) throws IOException {
    if (values.everywhere()) {
      return -1;
    }
    page.clear();
    PresencePage.encode(values, page);
    return pages.share(page);
  }
}
