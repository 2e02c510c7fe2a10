package dev.skald.logql.template;

import dev.skald.logql.regex.Regex;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** One call of a function: its arguments, already of the right types, and what surrounds it. */
public final class Call {
  private static final Runnable NO_PAUSE = () -> {};

  private final Object[] arguments;
  private final Object data;
  private final RegexCache regexes;
  private final Includes includes;

  /** Runs a named part of the template that calls. */
  interface Includes {
    /** Returns what the part prints. */
    String include(String name, Object dot);
  }

  Call(Object[] arguments, Object data, RegexCache regexes, Includes includes) {
    this.arguments = arguments;
    this.data = data;
    this.regexes = regexes;
    this.includes = includes;
  }

  public int size() {
    return arguments.length;
  }

  public Object any(int index) {
    return arguments[index];
  }

  /** Returns a text, which holds one byte a char. */
  public String string(int index) {
    return (String) arguments[index];
  }

  public long integer(int index) {
    return ((GoInt) arguments[index]).value();
  }

  public double decimal(int index) {
    return (Double) arguments[index];
  }

  GoTime time(int index) {
    return (GoTime) arguments[index];
  }

  /** Returns the arguments from a place on. */
  public List<Object> from(int index) {
    return Collections.unmodifiableList(Arrays.asList(arguments).subList(index, arguments.length));
  }

  /** Returns the compiled form of an argument, or fails with Go's text. */
  public Regex regex(int index) {
    return regexes.compile(string(index));
  }

  /**
   * Returns what another part of the template prints.
   *
   * @param dot what {@code .} is there
   */
  public String include(String name, Object dot) {
    return includes.include(name, dot);
  }

  /** Returns what runs now and then while a function is long at work. */
  Runnable pause() {
    return data instanceof TemplateData entry ? entry::pause : NO_PAUSE;
  }

  /** Returns what the template of a log query runs on. */
  TemplateData data() {
    if (data instanceof TemplateData templateData) {
      return templateData;
    }
    throw new FunctionException("there is no log line here");
  }
}
