package dev.skald.server.query;

import dev.skald.logql.QueryException;
import dev.skald.logql.eval.LogEntry;
import dev.skald.querier.ExportPage;
import java.nio.charset.StandardCharsets;

/** How exported lines are written. */
enum ExportFormat {
  /** An object a line; after each page an object with the cursor alone. */
  NDJSON("application/x-ndjson") {
    @Override
    void write(JsonOutput out, ExportPage page, Runnable spill) {
      for (LogEntry entry : page.entries()) {
        out.raw("{\"timestamp\":\"").number(entry.timestamp()).raw("\",\"labels\":");
        out.labels(entry.labels(), false).raw(",\"line\":").line(entry.line()).raw("}\n");
        spill.run();
      }
      if (page.last() != null) {
        out.raw("{\"cursor\":\"").raw(page.last().toString()).raw("\"}\n");
      }
    }
  },

  /** A row a line, as RFC 4180 has it; the cursor of a row is in it. */
  CSV("text/csv; charset=utf-8") {
    @Override
    void begin(JsonOutput out) {
      out.raw("timestamp,labels,line,cursor\r\n");
    }

    @Override
    void write(JsonOutput out, ExportPage page, Runnable spill) {
      for (int i = 0; i < page.entries().size(); i++) {
        LogEntry entry = page.entries().get(i);
        out.number(entry.timestamp()).raw(',');
        quoted(out, entry.labels().toString().getBytes(StandardCharsets.UTF_8));
        out.raw(',');
        quoted(out, entry.line());
        out.raw(',').raw(page.cursor(i).toString()).raw("\r\n");
        spill.run();
      }
    }

    private void quoted(JsonOutput out, byte[] text) {
      out.raw('"');
      for (byte b : text) {
        if (b == '"') {
          out.raw('"');
        }
        out.raw(b);
      }
      out.raw('"');
    }
  },

  /** The lines alone, as they were pushed. */
  RAW("text/plain; charset=utf-8") {
    @Override
    void write(JsonOutput out, ExportPage page, Runnable spill) {
      for (LogEntry entry : page.entries()) {
        for (byte b : entry.line()) {
          out.raw(b);
        }
        out.raw('\n');
        spill.run();
      }
    }
  };

  private final String contentType;

  ExportFormat(String contentType) {
    this.contentType = contentType;
  }

  /**
   * Returns the format of a name; without one it is NDJSON.
   *
   * @throws QueryException if there is no such format
   */
  static ExportFormat of(String name) {
    return switch (name) {
      case "", "ndjson" -> NDJSON;
      case "csv" -> CSV;
      case "raw" -> RAW;
      default ->
          throw QueryException.badRequest("invalid format '" + name + "', want ndjson, csv or raw");
    };
  }

  String contentType() {
    return contentType;
  }

  /** Writes what stands before all lines. */
  void begin(JsonOutput out) {}

  /**
   * Writes the lines of a page.
   *
   * @param spill runs after each of them
   */
  abstract void write(JsonOutput out, ExportPage page, Runnable spill);
}
