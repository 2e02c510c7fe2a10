package dev.skald.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Who is told of alerts; it can be stopped and started, and forgets everything then. */
interface Alertmanager extends AutoCloseable {
  int port();

  void start();

  void stop();

  /** The alerts that fire now, as objects with {@code labels} and {@code annotations}. */
  List<JsonNode> firing();

  @Override
  void close();
}
