package dev.skald.ruler.template;

import static dev.skald.logql.template.Function.Parameter.STRING;

import dev.skald.logql.QueryException;
import dev.skald.logql.template.ByteText;
import dev.skald.logql.template.Call;
import dev.skald.logql.template.Function;
import dev.skald.logql.template.FunctionException;
import java.time.Duration;
import java.util.Map;

/** The functions that ask for more than the alert knows. For one thread. */
final class QueryFunctions {
  /** So many queries may the templates of one alert run at one moment. */
  private static final int MOST_QUERIES = 1000;

  private final TemplateQueries queries;
  private int asked;

  QueryFunctions(TemplateQueries queries) {
    this.queries = queries;
  }

  /** Asks one query. */
  private interface Question {
    Object ask() throws InterruptedException;
  }

  Map<String, Function> functions() {
    return Map.of(
        "query", Function.of(this::query, STRING),
        "lastLine", Function.of(this::lastLine, STRING, STRING));
  }

  private Object query(Call call) {
    return answer(() -> ResultFunctions.samples(queries.evaluate(ByteText.decode(call.string(0)))));
  }

  private Object lastLine(Call call) {
    Duration within = Duration.ofNanos(HumanFunctions.nanos(call.string(0)));
    return answer(
        () ->
            queries
                .lastLine(ByteText.decode(call.string(1)), within)
                .map(ByteText::encode)
                .orElse(""));
  }

  private Object answer(Question question) {
    if (++asked > MOST_QUERIES) {
      throw new FunctionException("the templates run more than " + MOST_QUERIES + " queries");
    }
    try {
      return question.ask();
    } catch (QueryException e) {
      throw new FunctionException(ByteText.encode(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FunctionException("interrupted");
    }
  }
}
